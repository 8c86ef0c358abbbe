package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;

/** A table that merely has the name of another by now lost its replicas, or was given others. */
class InnocentTableChangedTest {
  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("2");

  InnocentTableChangedTest() {
    bench.journal = new KeptJournal(written);
    bench.sql(
        "CREATE TABLE doc.other (id INT) CLUSTERED INTO 2 SHARDS WITH (number_of_replicas = '1')");
  }

  @Test
  void swapped_while_the_first_alter_to_0_is_on_its_way() {
    bench.link.once(
        "= '0'",
        execution -> {
          bench.sql("ALTER CLUSTER SWAP TABLE doc.t TO other");
          return execution.get();
        });
    assertInnocentIsWellOrKnown(bench.reset());
  }

  @Test
  void swapped_in_the_pause_before_the_second_alter_to_0() {
    bench.link.once("= '0'", fail(Kind.SERVER));
    bench.timers.alarm(
        Duration.ofMillis(100), () -> bench.sql("ALTER CLUSTER SWAP TABLE doc.t TO other"));
    bench.reset();
    assertEquals("1", bench.replicas("t"));
  }

  @Test
  void renamed_during_the_commit_before_the_restore() {
    bench.policy = ResetBench.HANDBOOK;
    bench.link.once(
        "OPTIMIZE",
        execution ->
            execution
                .get()
                .onSuccess(
                    committed -> {
                      bench.sql("ALTER TABLE doc.t RENAME TO t_old");
                      bench.sql("CREATE TABLE doc.t (id INT) WITH (number_of_replicas = '0-1')");
                    }));
    bench.reset();
    assertEquals("2", bench.replicas("t_old"));
    assertEquals("0-1", bench.replicas("t"));
  }

  @Test
  void its_name_is_known_to_be_anothers_and_the_search_by_uuid_fails() {
    bench.policy = ResetBench.HANDBOOK;
    bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.sql("ALTER TABLE doc.t RENAME TO t_old");
    bench.sql("CREATE TABLE doc.t (id INT) WITH (number_of_replicas = '0')");
    bench.link.always("WHERE partition_uuid", fail(Kind.SERVER));
    bench.timers.advance(Duration.ofSeconds(1500));
    assertEquals("0", bench.replicas("t"));
  }

  @Test
  void another_cluster_answers_the_read_that_asks_no_other_node() {
    bench.policy = ResetBench.HANDBOOK;
    bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.link.always("max(partition_uuid)", fail(Kind.SERVER));
    bench.link.always("lease_sources", fail(Kind.SERVER));
    bench.link.always(
        "NULL AS index_uuid",
        execution ->
            execution
                .get()
                .map(
                    rows ->
                        List.<Row>of(
                            c -> c.equals("cluster_id") ? "stranger" : rows.get(0).value(c))));
    bench.timers.advance(Duration.ofSeconds(1500));
    assertEquals(
        0, bench.link.written().stream().filter(s -> s.contains("replicas\" = '2'")).count());
  }

  private void assertInnocentIsWellOrKnown(ResetJob job) {
    Future<List<JournalEntry>> open = bench.journal.unfinished();
    assertTrue(
        bench.replicas("t").equals("1")
            || job.restore() == RestoreOutcome.FAILED
            || !open.result().isEmpty(),
        "doc.t is at 0 because of us, and nobody knows");
  }
}
