package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.table.InCluster.fresh;
import static xmover.journal.table.InCluster.get;
import static xmover.journal.table.InCluster.refusal;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.Statement;
import xmover.cluster.connection.Transport;
import xmover.journal.JournalContents;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** What a journal in the cluster promises about rebalancing that is held. */
public interface HoldContract extends InCluster {
  private static RebalanceHold hold(RunIdentity run, String original) {
    return new RebalanceHold(run, original, AT);
  }

  @ParameterizedTest
  @EnumSource
  default void a_hold_is_found_by_the_next_process_beside_the_tables(Transport transport) {
    String table = fresh();
    ClusterJournal writer = journal(transport, table);
    JournalEntry entry =
        new JournalEntry(
            ALICE,
            TableRef.of("doc", "metrics"),
            new ReplicaSetting("0-1"),
            3,
            ResetState.MONITORING_LEASES,
            Optional.empty(),
            AT);
    get(writer.write(entry));
    get(writer.hold(hold(ALICE, "primaries")));
    get(writer.close());
    for (Transport other : Transport.values()) {
      assertEquals(Optional.of(hold(ALICE, "primaries")), get(journal(other, table).held()));
      JournalContents read = get(ClusterJournal.read(open(other), schema(), table));
      assertEquals(
          new JournalContents(List.of(entry), Optional.of(hold(ALICE, "primaries"))), read);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void what_is_released_leaves_nothing_behind(Transport transport) {
    String table = fresh();
    ClusterJournal journal = journal(transport, table);
    get(journal.hold(hold(ALICE, "all")));
    ClusterJournal next = journal(transport, table);
    get(next.release(get(next.held()).orElseThrow()));
    assertEquals(Optional.empty(), get(journal.held()));
    Cluster cluster = open(transport);
    String own = TableRef.of(schema(), table).sqlName();
    get(cluster.execute(Statement.read("REFRESH TABLE " + own)));
    assertEquals(
        0L,
        get(cluster.execute(Statement.read("SELECT count(*) AS n FROM " + own)))
            .get(0)
            .number("n"));
  }

  @ParameterizedTest
  @EnumSource
  default void the_hold_of_another_run_is_not_released(Transport transport) {
    ClusterJournal journal = journal(transport, fresh());
    get(journal.hold(hold(ALICE, "all")));
    get(journal.hold(hold(BOB, "primaries")));
    get(journal.release(hold(ALICE, "all")));
    assertEquals(Optional.of(hold(BOB, "primaries")), get(journal.held()));
  }

  @ParameterizedTest
  @EnumSource
  default void a_hold_of_a_newer_version_is_refused(Transport transport) {
    String table = fresh();
    get(journal(transport, table).hold(hold(ALICE, "all")));
    String own = TableRef.of(schema(), table).sqlName();
    get(open(transport).execute(Statement.read("REFRESH TABLE " + own)));
    get(open(transport).execute(Statement.write("UPDATE " + own + " SET format = 3")));
    String refused = refusal(ClusterJournal.open(open(transport), schema(), table, told -> {}));
    assertTrue(refused.contains("newer version of XMover (format 3, this one reads 2)"), refused);
  }
}
