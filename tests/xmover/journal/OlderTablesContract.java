package xmover.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.InCluster.fresh;
import static xmover.journal.InCluster.get;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.Statement;
import xmover.cluster.Transport;
import xmover.reset.JournalEntry;
import xmover.reset.ResetState;
import xmover.table.IndexUuid;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** Journal and lock of an older version in a cluster get the columns that this one writes. */
public interface OlderTablesContract extends InCluster {
  private void old(Cluster cluster, TableRef table, String columns) {
    get(
        cluster.execute(
            Statement.write(
                "CREATE TABLE %s (%s) CLUSTERED INTO 1 SHARDS WITH (\"blocks.metadata\" = true)"
                    .formatted(table.sqlName(), columns))));
  }

  private void assertComplete(Cluster cluster, TableRef table, List<OwnTable.Column> later) {
    Set<String> columns = new HashSet<>();
    List<Boolean> blocked = new ArrayList<>();
    get(cluster.execute(
            Statement.read(
                "SELECT c.column_name, t.settings['blocks']['metadata'] AS blocked"
                    + " FROM information_schema.tables t JOIN information_schema.columns c"
                    + " ON c.table_schema = t.table_schema AND c.table_name = t.table_name"
                    + " WHERE t.table_schema = $1 AND t.table_name = $2",
                table.schema(),
                table.name())))
        .forEach(
            row -> {
              columns.add(row.text("column_name"));
              blocked.add(row.flag("blocked"));
            });
    later.forEach(column -> assertTrue(columns.contains(column.name()), column.name()));
    assertTrue(blocked.stream().allMatch(block -> block), "it can be altered now");
  }

  @ParameterizedTest
  @EnumSource
  default void an_older_journal_keeps_what_it_holds_and_takes_what_is_new(Transport transport) {
    Cluster cluster = open(transport);
    TableRef table = TableRef.of(schema(), fresh());
    old(cluster, table, JournalSql.COLUMNS);
    JournalEntry begunBefore = entry("before", Optional.empty());
    get(cluster.execute(new JournalSql(table).put(JournalRow.of(begunBefore).cellsAsEver())));
    ClusterJournal journal = journal(transport, table.name());
    assertComplete(cluster, table, JournalSql.LATER);
    JournalEntry now =
        entry("now", Optional.of(new TableIdentity("a cluster", new IndexUuid("uuid-1"))));
    get(journal.write(now));
    assertEquals(
        Set.of(begunBefore, now),
        new HashSet<>(get(journal(transport, table.name()).unfinished())));
  }

  @ParameterizedTest
  @EnumSource
  default void an_older_lock_is_taken_and_given_up(Transport transport) {
    Cluster cluster = open(transport);
    TableRef table = TableRef.of(schema(), fresh());
    old(cluster, table, Lease.COLUMNS);
    List<String> told = new ArrayList<>();
    ClusterLock lock =
        get(
            ClusterLock.acquire(
                cluster, table.schema(), table.name(), ALICE, false, timers(), told::add));
    assertComplete(cluster, table, Lease.PROCESS_COLUMNS);
    assertEquals(List.of(), told);
    get(lock.release());
  }

  private static JournalEntry entry(String table, Optional<TableIdentity> identity) {
    return new JournalEntry(
        ALICE,
        TableRef.of("doc", table),
        identity,
        new ReplicaSetting("0-all"),
        Optional.empty(),
        3,
        ResetState.MONITORING_LEASES,
        Optional.empty(),
        Optional.empty(),
        AT,
        AT);
  }
}
