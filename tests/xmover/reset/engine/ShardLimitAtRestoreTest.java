package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.detect.Detection;
import xmover.reset.RunLimits;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.ReplicaSetting;

/**
 * The cluster came to its limit of shards while a table was at 0: the restore was refused twelve
 * times, the table stayed at 0, and the advice was to type the statement that had been refused.
 */
class ShardLimitAtRestoreTest {
  private static final String BACK = "\"number_of_replicas\" = '2'";
  private static final String INTERIM = "\"number_of_replicas\" = '0-1'";

  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("2");

  ShardLimitAtRestoreTest() {
    bench.journal = new KeptJournal(written);
  }

  @Test
  void a_setting_that_is_accepted_is_better_than_none_and_is_not_the_end() {
    bench.link.always(BACK, fail(Kind.SHARD_LIMIT));
    ResetJob job = bench.reset();
    assertEquals(RestoreOutcome.FAILED, job.restore());
    assertEquals("0-1", bench.replicas());
    assertTrue(job.cause().orElseThrow().remedy().contains("cluster.max_shards_per_node"));
    assertEquals(new ReplicaSetting("0-1"), open().get(0).ends().interim().orElseThrow());
    assertEquals(new ReplicaSetting("2"), open().get(0).original());
  }

  @Test
  void it_is_in_the_journal_before_it_is_sent() {
    bench.link.always(BACK, fail(Kind.SHARD_LIMIT));
    bench.link.once(
        INTERIM,
        execution -> {
          assertEquals(1, open().size());
          assertTrue(open().get(0).ends().interim().isPresent());
          return execution.get();
        });
    bench.reset();
    assertEquals("0-1", bench.replicas());
  }

  @Test
  void the_original_setting_follows_as_soon_as_the_limit_lets_it() {
    bench.link.times(3, BACK, fail(Kind.SHARD_LIMIT));
    ResetJob job = bench.reset();
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("2", bench.replicas());
    assertTrue(open().isEmpty());
  }

  @Test
  void a_later_run_does_not_take_it_for_somebody_elses_choice() {
    bench.link.always(BACK, fail(Kind.SHARD_LIMIT));
    bench.reset();
    Unfinished seen = unfinished();
    assertEquals(
        "at 0-1 for the time being, as CrateDB refuses 2", seen.truth(seen.entries().get(0)));
    bench.link.heal();
    bench.timers.run(
        new AutoExecOrchestrator(
                bench.context(), RunLimits.concurrent(1), () -> false, seen.begun())
            .run(seen.findings()));
    assertEquals("2", bench.replicas());
    assertTrue(open().isEmpty());
  }

  @Test
  void a_journal_that_can_not_be_written_leaves_the_table_at_0_and_goes_on_trying() {
    var forgetful =
        new KeptJournal(written) {
          @Override
          public Future<Void> write(JournalEntry entry) {
            return entry.ends().interim().isPresent()
                ? Future.failedFuture("disk full")
                : super.write(entry);
          }
        };
    bench.journal = forgetful;
    bench.link.times(3, BACK, fail(Kind.SHARD_LIMIT));
    assertEquals(RestoreOutcome.DONE, bench.reset().restore());
    assertEquals(0, bench.link.written().stream().filter(s -> s.contains(INTERIM)).count());
    assertEquals("2", bench.replicas());
  }

  @Test
  void an_interim_setting_that_comes_after_the_restore_is_put_right_by_a_later_run() {
    bench.link.once(BACK, fail(Kind.SHARD_LIMIT));
    bench.link.once(INTERIM, bench.link.executeLate(Duration.ofMinutes(10), Kind.TIMEOUT));
    assertTrue(bench.reset().isLate());
    assertEquals("2", bench.replicas());
    bench.timers.advance(Duration.ofMinutes(10));
    assertEquals("0-1", bench.replicas());

    JournalEntry kept = open().get(0);
    bench.timers.run(TableResetProcessor.resuming(kept, T, bench.context()).run());
    assertEquals("2", bench.replicas());
    assertTrue(open().isEmpty());
  }

  /** The last copy of the cluster state that a node has may be old. */
  @Test
  void an_old_answer_after_a_refusal_closes_nothing() {
    var refused = new AtomicBoolean();
    List<Row> first = new ArrayList<>();
    bench.link.always(
        BACK,
        execution -> {
          refused.set(true);
          return Future.failedFuture(
              new ClusterFailure(Kind.SHARD_LIMIT, "no room for shards", null, null));
        });
    bench.link.always(
        "number_of_shards AS primaries",
        execution ->
            refused.get()
                ? Future.succeededFuture(first)
                : execution
                    .get()
                    .onSuccess(rows -> first.addAll(first.isEmpty() ? rows : List.of())));
    assertEquals(RestoreOutcome.DONE, bench.reset().restore());
    assertEquals("0", bench.replicas());

    bench.link.heal();
    JournalEntry kept = open().get(0);
    bench.timers.run(TableResetProcessor.resuming(kept, T, bench.context()).run());
    assertEquals("2", bench.replicas());
    assertTrue(open().isEmpty());
  }

  @Test
  void what_a_person_put_back_who_took_the_right_to_do_it_is_closed_by_the_second_look() {
    bench.link.always(BACK, fail(Kind.PRIVILEGE));
    Future<ResetJob> reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '2')");
    assertEquals(RestoreOutcome.DONE, bench.timers.run(reset).restore());
    JournalEntry kept = open().get(0);
    bench.timers.run(TableResetProcessor.resuming(kept, T, bench.context()).run());
    assertTrue(open().isEmpty());
  }

  @Test
  void a_block_is_answered_with_the_statement_that_lifts_it() {
    bench.link.always(BACK, fail(Kind.BLOCKED));
    Future<ResetJob> reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    String remedy = bench.timers.run(reset).cause().orElseThrow().remedy();
    assertTrue(remedy.contains("SET (\"blocks.read_only\" = false)"), remedy);
  }

  private Unfinished unfinished() {
    return bench.timers.run(
        bench
            .journal
            .unfinished()
            .compose(entries -> Unfinished.of(entries, new Detection(bench.link))));
  }

  private List<JournalEntry> open() {
    return bench.journal.unfinished().result();
  }
}
