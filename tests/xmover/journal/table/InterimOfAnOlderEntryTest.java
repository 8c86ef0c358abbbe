package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.cluster.DirectCluster;
import xmover.environment.SteppedTimers;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * A setting for the time being was not written, so that the next run took it for somebody else's
 * choice and closed the entry.
 */
class InterimOfAnOlderEntryTest {
  private static final Instant THEN = Instant.parse("2024-01-15T10:30:00Z");

  private final SteppedTimers timers = new SteppedTimers();

  @Test
  void it_is_remembered_for_a_table_that_is_known_by_name_alone() {
    var crate = new SimulatedCluster(Scenario.load("drill"), timers);
    ClusterJournal journal =
        timers.run(
            ClusterJournal.open(
                new DirectCluster(crate, "crate", timers), "xmover", "journal", told -> {}));
    var table = TableRef.of("doc", "t");
    var interim = Optional.of(new ReplicaSetting("0-1"));
    timers.run(
        journal.write(
            new JournalEntry(
                new RunIdentity("run", "ops", "laptop", THEN),
                table,
                Optional.empty(),
                new ReplicaSetting("2"),
                4,
                ResetState.RESTORING_REPLICAS,
                Optional.empty(),
                OpenEnds.of(false, interim, Optional.empty(), table, Optional.empty()),
                THEN,
                THEN)));
    assertEquals(interim, timers.run(journal.unfinished()).get(0).ends().interim());
  }
}
