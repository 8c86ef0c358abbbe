package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.DirectCluster;
import xmover.environment.SteppedTimers;
import xmover.journal.Entries;
import xmover.journal.JournalFailure;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.table.TableRef;

/**
 * After a restart of all nodes the journal's own table is not shown either: "No unfinished reset"
 * was what {@code status --journal cluster} said.
 */
class JournalOfARestartedClusterTest {
  private final SteppedTimers timers = new SteppedTimers();
  private final SimulatedCluster crate = new SimulatedCluster(Scenario.load("drill"), timers);
  private final Cluster cluster = new DirectCluster(crate, "crate", timers);

  @Test
  void it_is_unreadable_and_not_empty_until_the_cluster_has_recovered() {
    ClusterJournal journal =
        timers.run(ClusterJournal.open(cluster, "xmover", "journal", told -> {}));
    JournalEntry entry = Entries.entry(TableRef.of("doc", "t"), ResetState.MONITORING_LEASES);
    timers.run(journal.write(entry));
    crate.restart(Duration.ofMinutes(2));

    assertUnreadable(ClusterJournal.read(cluster, "xmover", "journal"));
    assertUnreadable(ClusterJournal.open(cluster, "xmover", "journal", told -> {}));

    timers.advance(Duration.ofMinutes(3));
    assertEquals(
        List.of(entry), timers.run(ClusterJournal.read(cluster, "xmover", "journal")).unfinished());
  }

  private void assertUnreadable(Future<?> read) {
    timers.advance(Duration.ofSeconds(1));
    assertTrue(read.failed());
    String said = assertInstanceOf(JournalFailure.class, read.cause()).getMessage();
    assertTrue(said.contains("has just restarted"), said);
  }
}
