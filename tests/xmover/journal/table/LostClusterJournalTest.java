package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.Cluster;
import xmover.cluster.DirectCluster;
import xmover.cluster.Statement;
import xmover.environment.SteppedTimers;
import xmover.journal.Entries;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.table.TableRef;

/** Somebody emptied or dropped {@code xmover.journal} while a run had tables at zero. */
class LostClusterJournalTest {
  private final SteppedTimers timers = new SteppedTimers();
  private final Cluster cluster =
      new DirectCluster(new SimulatedCluster(Scenario.load("drill"), timers), "crate", timers);
  private final List<String> told = new ArrayList<>();
  private final ClusterJournal journal =
      timers.run(ClusterJournal.open(cluster, "xmover", "journal", told::add));
  private final JournalEntry first = entry("first");
  private final JournalEntry second = entry("second");

  private static JournalEntry entry(String table) {
    return Entries.entry(TableRef.of("doc", table), ResetState.MONITORING_LEASES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REFRESH TABLE xmover.journal; DELETE FROM xmover.journal",
        "ALTER TABLE xmover.journal SET (\"blocks.metadata\" = false); DROP TABLE xmover.journal"
      })
  void what_is_open_is_written_anew_before_another_table_goes_to_zero(String deed) {
    timers.run(journal.write(first));
    List.of(deed.split("; ", -1)).forEach(sql -> timers.run(cluster.execute(Statement.write(sql))));
    timers.run(journal.write(second));
    assertEquals(Set.of(first, second), Set.copyOf(timers.run(journal.unfinished())));
    assertEquals(1, told.size());
  }

  @Test
  void what_is_settled_is_not() {
    timers.run(journal.write(first));
    timers.run(journal.write(first.forgotten()));
    timers.run(journal.write(second));
    assertEquals(List.of(second), timers.run(journal.unfinished()));
    assertEquals(List.of(), told);
  }
}
