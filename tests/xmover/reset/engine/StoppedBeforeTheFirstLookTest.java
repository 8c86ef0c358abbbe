package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;

/**
 * A run died with its ALTER to 0 under way; the next one is stopped before it has looked at the
 * table. The ALTER may be applied yet, so the entry is not closed by what the restore saw.
 */
class StoppedBeforeTheFirstLookTest {
  private static final Duration THAW = Duration.ofMinutes(10);

  private final List<JournalEntry> disk = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("0-1");

  private JournalEntry leftByADeadRun() {
    bench.journal = new KeptJournal(disk);
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
    return disk.get(disk.size() - 1);
  }

  @Test
  void an_alter_that_may_yet_be_applied_keeps_the_entry() {
    JournalEntry left = leftByADeadRun();
    assertEquals(ResetState.SETTING_REPLICAS_ZERO, left.state());
    var next = TableResetProcessor.resuming(left, left.table(), bench.context());
    bench.link.once("index_uuid", bench.link.hang());
    var ended = next.run();
    next.stop("SIGTERM");
    ResetJob job = bench.timers.run(ended);
    assertTrue(job.isLate());
    assertFalse(disk.get(disk.size() - 1).isSettled());
    bench.timers.advance(THAW);
    assertEquals("0", bench.replicas());
    assertEquals(1, bench.journal.unfinished().result().size());
  }
}
