package xmover.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;

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
    assertTrue(job.lateZero());
    assertEquals("0-1", bench.replicas());

    bench.timers.advance(THAW);
    assertEquals("0", bench.replicas());
    JournalEntry kept = disk.get(disk.size() - 1);
    assertFalse(kept.isSettled());

    bench.timers.run(TableResetProcessor.resuming(kept, kept.table(), bench.surroundings()).run());
    assertEquals("0-1", bench.replicas());
    assertTrue(disk.get(disk.size() - 1).isSettled());
  }

  @Test
  void a_lost_answer_to_an_alter_that_was_seen_needs_no_other_look() {
    bench.link.once("'0')", FaultyCluster.loseAnswer(Kind.CONNECTION_LOST));
    assertFalse(bench.reset().lateZero());
    assertTrue(disk.get(disk.size() - 1).isSettled());
  }
}
