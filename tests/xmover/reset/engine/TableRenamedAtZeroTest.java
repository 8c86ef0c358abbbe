package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.FaultyCluster;
import xmover.detect.Detection;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;

/**
 * While a table was at 0, somebody renamed or swapped it. Its replicas were never put back, or
 * those of the table that has its name by now were changed.
 */
class TableRenamedAtZeroTest {
  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("1");

  TableRenamedAtZeroTest() {
    bench.journal = new KeptJournal(written);
    bench.policy = ResetBench.HANDBOOK;
  }

  @Test
  void a_table_renamed_while_it_waits_gets_its_replicas_back_under_its_new_name() {
    Future<ResetJob> reset = atZero();
    bench.sql("ALTER TABLE doc.t RENAME TO t_old");
    assertDone(bench.timers.run(reset));
    assertEquals("1", bench.replicas("t_old"));
    assertEquals("t_old", bench.timers.run(reset).named().name());
  }

  @Test
  void the_innocent_table_that_has_its_name_by_now_is_not_touched() {
    Future<ResetJob> reset = atZero();
    bench.sql("ALTER TABLE doc.t RENAME TO t_old");
    bench.sql("CREATE TABLE doc.t (id INT) WITH (number_of_replicas = '0')");
    assertDone(bench.timers.run(reset));
    assertEquals("1", bench.replicas("t_old"));
    assertEquals("0", bench.replicas("t"));
    assertEquals(List.of(), altersOf("\"doc\".\"t\"", 1));
  }

  @Test
  void after_a_swap_both_tables_have_what_they_had() {
    bench.sql("CREATE TABLE doc.other (id INT) WITH (number_of_replicas = '2')");
    Future<ResetJob> reset = atZero();
    bench.sql("ALTER CLUSTER SWAP TABLE doc.t TO other");
    assertDone(bench.timers.run(reset));
    assertEquals("1", bench.replicas("other"));
    assertEquals("2", bench.replicas("t"));
  }

  @Test
  void a_table_renamed_right_before_its_restore_is_followed_all_the_same() {
    bench.policy = ResetBench.ASKING;
    bench.link.once(
        "lease_sources",
        execution -> {
          Future<List<xmover.cluster.Row>> cleared = execution.get();
          bench.sql("ALTER TABLE doc.t RENAME TO t_old");
          return cleared;
        });
    assertDone(bench.reset());
    assertEquals("1", bench.replicas("t_old"));
  }

  @Test
  void a_partition_is_followed_with_its_table() {
    var partitioned =
        new ResetBench(
            """
            {"name": "doc.p", "shards": 2, "replicas": "0-1", "partitioned_by": ["region"],
             "partitions": [{"values": ["eu"], "replicas": "2"},
                            {"values": ["us"], "replicas": "1"}]}
            """);
    partitioned.policy = ResetBench.HANDBOOK;
    Future<ResetJob> reset = partitioned.start(partitioned.partition("doc", "p", "region", "eu"));
    partitioned.timers.advance(Duration.ofSeconds(1));
    partitioned.sql("ALTER TABLE doc.p RENAME TO p2");
    assertDone(partitioned.timers.run(reset));
    assertEquals(
        "[[1], [2]]",
        partitioned
            .rows(
                "SELECT number_of_replicas FROM information_schema.table_partitions"
                    + " WHERE table_name = 'p2' ORDER BY number_of_replicas")
            .toString());
  }

  @Test
  void another_process_finds_it_again() {
    bench.dieAtZero(T);
    bench.sql("ALTER TABLE doc.t RENAME TO t_old");
    bench.sql("CREATE TABLE doc.t (id INT) WITH (number_of_replicas = '0-1')");
    RunReport report = resume();
    assertTrue(report.critical().isEmpty());
    assertEquals("1", bench.replicas("t_old"));
    assertEquals("0-1", bench.replicas("t"));
    assertTrue(unfinished().entries().isEmpty());
  }

  @Test
  void another_process_puts_both_of_two_swapped_tables_right() {
    bench.sql(
        "CREATE TABLE doc.other (id INT) CLUSTERED INTO 2 SHARDS WITH (number_of_replicas = '2')");
    bench.dieAtZero(T);
    bench.dieAtZero(xmover.table.TableRef.of("doc", "other"));
    bench.sql("ALTER CLUSTER SWAP TABLE doc.t TO other");
    assertTrue(resume().critical().isEmpty());
    assertEquals("1", bench.replicas("other"));
    assertEquals("2", bench.replicas("t"));
    assertTrue(unfinished().entries().isEmpty());
  }

  @Test
  void status_says_what_it_is_called_now() {
    bench.dieAtZero(T);
    bench.sql("ALTER TABLE doc.t RENAME TO t_old");
    Unfinished seen = unfinished();
    assertEquals("AT 0 REPLICAS, called doc.t_old now", seen.truth(seen.entries().get(0)));
    assertEquals(List.of(), seen.unexplained());
  }

  @Test
  void with_a_node_that_hangs_it_is_restored_by_its_name_and_kept_in_the_journal_until_proven() {
    Future<ResetJob> reset = atZero();
    bench.link.always(
        "partition_uuid", FaultyCluster.fail(xmover.cluster.ClusterFailure.Kind.SERVER));
    bench.timers.advance(Duration.ofSeconds(800));
    assertEquals("1", bench.replicas("t"));
    assertFalse(reset.isComplete(), "nobody has read which table that was");
    bench.link.heal();
    assertEquals(RestoreOutcome.DONE, bench.timers.run(reset).restore());
  }

  private Future<ResetJob> atZero() {
    Future<ResetJob> reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals("0", bench.replicas("t"));
    return reset;
  }

  private RunReport resume() {
    Unfinished begun = unfinished();
    return bench.timers.run(
        new AutoExecOrchestrator(
                bench.context(), RunLimits.concurrent(2), () -> false, begun.begun())
            .run(begun.findings()));
  }

  private Unfinished unfinished() {
    return bench.timers.run(
        bench
            .journal
            .unfinished()
            .compose(entries -> Unfinished.of(entries, new Detection(bench.link))));
  }

  /** The ALTERs of a table after so many of them. */
  private List<String> altersOf(String table, int first) {
    return bench.link.written().stream()
        .filter(sql -> sql.startsWith("ALTER TABLE " + table + " "))
        .skip(first)
        .toList();
  }

  private static void assertDone(ResetJob job) {
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals(ResetState.COMPLETED, job.state());
  }
}
