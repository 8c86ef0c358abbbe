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
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;

/** An ALTER to 0 that a frozen node applies when it thaws, long after the run. */
class LateZeroTest {
  private static final Duration THAW = Duration.ofMinutes(10);

  private final ResetBench bench = ResetBench.oneTable("0-1");
  private final List<JournalEntry> disk = new ArrayList<>();

  LateZeroTest() {
    bench.journal = new KeptJournal(disk);
  }

  @Test
  void the_journal_keeps_the_table_for_another_look_and_a_later_resume_puts_it_back() {
    bench.link.once("'0')", bench.link.executeLate(THAW, Kind.TIMEOUT));
    ResetJob job = bench.reset();
    assertEquals(ResetState.COMPLETED, job.state());
    assertTrue(job.isLate());
    assertEquals("0-1", bench.replicas());

    bench.timers.advance(THAW);
    assertEquals("0", bench.replicas());
    JournalEntry kept = disk.get(disk.size() - 1);
    assertFalse(kept.isSettled());

    resume(kept);
    assertEquals("0-1", bench.replicas());
    assertTrue(disk.get(disk.size() - 1).isSettled());
  }

  /** Its ALTER to 0 is under way as it dies. */
  private JournalEntry leftByADeadProcess() {
    var process = new MortalProcess(Integer.MAX_VALUE, true);
    FaultyCluster.Fault late = bench.link.executeLate(THAW, Kind.TIMEOUT);
    bench.link.once(
        "'0')",
        execution -> {
          process.die();
          return late.happen(execution);
        });
    bench.mortal(T, process).run();
    bench.timers.advance(Duration.ofSeconds(1));
    JournalEntry begun = disk.get(disk.size() - 1);
    assertEquals(ResetState.SETTING_REPLICAS_ZERO, begun.state());
    return begun;
  }

  @Test
  void a_stop_before_the_first_look_of_a_resume_keeps_the_entry() {
    JournalEntry left = leftByADeadProcess();
    var next = TableResetProcessor.resuming(left, left.table(), bench.context());
    bench.link.once("index_uuid", bench.link.hang());
    var ended = next.run();
    next.stop("SIGTERM");
    assertTrue(bench.timers.run(ended).isLate());
    assertFalse(disk.get(disk.size() - 1).isSettled());
    bench.timers.advance(THAW);
    assertEquals("0", bench.replicas());
    assertEquals(1, bench.journal.unfinished().result().size());
  }

  @Test
  void a_process_that_died_at_the_alter_leaves_a_table_that_is_looked_at_twice() {
    assertTrue(resume(leftByADeadProcess()).isLate());
    assertEquals("0-1", bench.replicas());
    bench.timers.advance(THAW);
    assertEquals("0", bench.replicas());

    JournalEntry kept = disk.get(disk.size() - 1);
    assertFalse(kept.isSettled());
    resume(kept);
    assertEquals("0-1", bench.replicas());
    assertTrue(disk.get(disk.size() - 1).isSettled());
  }

  private ResetJob resume(JournalEntry entry) {
    return bench.timers.run(
        TableResetProcessor.resuming(entry, entry.table(), bench.context()).run());
  }

  @Test
  void an_alter_that_was_answered_and_is_never_seen_may_come_late() {
    bench.link.always(
        "'0')",
        execution -> {
          bench.timers.at(THAW).compose(due -> execution.get());
          return Future.succeededFuture(List.of());
        });
    ResetJob job = bench.reset();
    assertEquals(ResetFailure.Cause.ZEROING_FAILED, job.cause().orElseThrow().cause());
    assertTrue(job.isLate());
    assertFalse(disk.get(disk.size() - 1).isSettled());
  }

  @Test
  void a_lost_answer_to_an_alter_that_was_seen_needs_no_other_look() {
    bench.link.once("'0')", FaultyCluster.loseAnswer(Kind.CONNECTION_LOST));
    assertFalse(bench.reset().isLate());
    assertTrue(disk.get(disk.size() - 1).isSettled());
  }
}
