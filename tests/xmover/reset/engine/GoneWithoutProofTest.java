package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.cluster.Row;
import xmover.detect.Detection;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;

/** Its index was nowhere, its table was: ALTER TABLE … SET (number_of_shards) makes a new index. */
class GoneWithoutProofTest {
  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("1");
  private final Future<ResetJob> reset;

  GoneWithoutProofTest() {
    bench.journal = new KeptJournal(written);
    bench.policy = ResetBench.HANDBOOK;
    bench.another();
    reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
  }

  @Test
  void a_table_at_0_with_its_name_and_another_index_keeps_the_entry_open() {
    bench.sql("DROP TABLE doc.t");
    bench.sql("CREATE TABLE doc.t (id INT) WITH (number_of_replicas = '0')");
    bench.timers.run(reset);
    assertEquals(1, open().size());
  }

  @Test
  void that_nobody_says_how_many_primaries_are_missing_is_no_proof() {
    bench.sql("DROP TABLE doc.t");
    bench.link.always(
        "missing_primaries",
        execution ->
            execution
                .get()
                .map(
                    rows ->
                        List.<Row>of(
                            c -> c.equals("missing_primaries") ? null : rows.get(0).value(c))));
    bench.timers.run(reset);
    assertEquals(1, open().size());
  }

  @Test
  void a_renamed_table_is_restored_by_the_name_its_reset_began_with() {
    bench.sql("ALTER TABLE doc.t RENAME TO t_old");
    bench.sql("CREATE TABLE doc.t (id INT) WITH (number_of_replicas = '0-1')");
    Unfinished seen = bench.timers.run(Unfinished.of(open(), new Detection(bench.link)));
    Unfinished named = seen.named(List.of("doc.t"), Optional.empty(), bench.context().run());
    assertEquals(
        List.of("doc.t_old"), named.begun().keySet().stream().map(String::valueOf).toList());
  }

  private List<JournalEntry> open() {
    return bench.timers.run(bench.journal.unfinished());
  }
}
