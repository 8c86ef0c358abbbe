package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.table.InCluster.fresh;
import static xmover.journal.table.InCluster.get;
import static xmover.journal.table.InCluster.refusal;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.Sql;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.RunIdentity;
import xmover.table.IndexUuid;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** What a journal in the cluster promises about the tables it remembers. */
public interface JournalContract extends InCluster {
  private static JournalEntry entry(RunIdentity run, TableRef table, ResetState state) {
    return new JournalEntry(
        run, table, new ReplicaSetting("0-all"), 1L << 40, state, Optional.empty(), AT);
  }

  private static JournalEntry settled(JournalEntry begun, RestoreOutcome outcome) {
    return new JournalEntry(
        begun.run(),
        begun.table(),
        begun.original(),
        begun.primaries(),
        ResetState.FAILED,
        Optional.of(outcome),
        AT);
  }

  private static List<TableRef> awkward() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("month", 1704067200000L);
    values.put("z", 7);
    values.put("region", "eu:west {1} it's \"x\" \\ \n é");
    values.put("o['x']['y']", null);
    values.put("big", Long.MIN_VALUE);
    values.put("part", 0.1);
    values.put("flag", false);
    values.put("number", "1");
    TableRef table = TableRef.of("It's:{Plän}", "a.\"b\"';--\n");
    return List.of(
        TableRef.of("doc", "metrics"),
        table,
        table.partition(new PartitionValues("04732d1g64p36d9i60o30c1g", values)),
        table.partition(new PartitionValues("other", Map.of("region", ""))));
  }

  @ParameterizedTest
  @EnumSource
  default void what_is_written_is_read_by_the_next_process(Transport transport) {
    String table = fresh();
    ClusterJournal writer = journal(transport, table);
    List<JournalEntry> entries = new ArrayList<>();
    for (TableRef target : awkward()) {
      JournalEntry begun = entry(ALICE, target, ResetState.SETTING_REPLICAS_ZERO);
      entries.add(
          new JournalEntry(
              ALICE,
              target,
              begun.original(),
              3,
              ResetState.FAILED,
              Optional.of(RestoreOutcome.FAILED),
              AT.plusNanos(entries.size())));
      get(writer.write(entries.get(entries.size() - 1)));
    }
    get(writer.close());
    for (Transport other : Transport.values()) {
      assertEquals(entries, get(journal(other, table).unfinished()), other.title());
      assertEquals(entries, get(ClusterJournal.read(open(other), schema(), table)).unfinished());
    }
  }

  @ParameterizedTest
  @EnumSource
  default void one_of_an_older_version_keeps_what_it_holds_and_takes_what_is_new(
      Transport transport) {
    TableRef name = TableRef.of(schema(), fresh());
    Cluster cluster = open(transport);
    get(
        cluster.execute(
            Statement.write(
                "CREATE TABLE %s (%s) CLUSTERED INTO 1 SHARDS WITH (\"blocks.metadata\" = true)"
                    .formatted(name.sqlName(), JournalSql.COLUMNS))));
    JournalEntry before = entry(ALICE, TableRef.of("doc", "before"), ResetState.MONITORING_LEASES);
    get(cluster.execute(new JournalSql(name).put(JournalRow.of(before).cellsAsEver())));

    ClusterJournal journal = journal(transport, name.name());
    JournalEntry now =
        new JournalEntry(
            ALICE,
            TableRef.of("doc", "now"),
            Optional.of(new TableIdentity("a cluster", new IndexUuid("uuid-1"))),
            new ReplicaSetting("0-all"),
            3,
            ResetState.MONITORING_LEASES,
            Optional.empty(),
            OpenEnds.NONE,
            AT.plusSeconds(1),
            AT.plusSeconds(1));
    get(journal.write(now));
    assertEquals(List.of(before, now), get(journal(transport, name.name()).unfinished()));
  }

  @ParameterizedTest
  @EnumSource
  default void the_latest_entry_of_a_table_wins_and_keeps_its_place(Transport transport) {
    ClusterJournal journal = journal(transport, fresh());
    List<TableRef> targets = awkward();
    get(journal.write(entry(ALICE, targets.get(0), ResetState.SETTING_REPLICAS_ZERO)));
    JournalEntry second = entry(ALICE, targets.get(1), ResetState.SETTING_REPLICAS_ZERO);
    second =
        new JournalEntry(
            ALICE,
            second.table(),
            second.original(),
            1,
            second.state(),
            Optional.empty(),
            AT.plusSeconds(1));
    get(journal.write(second));
    JournalEntry later =
        new JournalEntry(
            BOB,
            targets.get(0),
            new ReplicaSetting("1"),
            2,
            ResetState.RESTORING_REPLICAS,
            Optional.empty(),
            AT.plusSeconds(2));
    get(journal.write(later));
    assertEquals(List.of(later, second), get(journal.unfinished()));
  }

  @ParameterizedTest
  @EnumSource
  default void writes_nobody_waits_for_keep_their_order(Transport transport) {
    ClusterJournal journal = journal(transport, fresh());
    TableRef target = awkward().get(2);
    JournalEntry begun = entry(ALICE, target, ResetState.SETTING_REPLICAS_ZERO);
    for (int i = 0; i < 5; i++) {
      journal.write(begun);
      journal.write(settled(begun, RestoreOutcome.DONE));
    }
    assertEquals(List.of(), get(journal.unfinished()));
  }

  @ParameterizedTest
  @EnumSource
  default void a_settled_entry_leaves_nothing_behind(Transport transport) {
    String table = fresh();
    ClusterJournal journal = journal(transport, table);
    TableRef target = awkward().get(1);
    JournalEntry begun = entry(ALICE, target, ResetState.MONITORING_LEASES);
    get(journal.write(begun));
    get(journal.write(settled(begun, RestoreOutcome.NOT_NEEDED)));
    get(journal.close());
    Cluster cluster = open(transport);
    TableRef own = TableRef.of(schema(), table);
    get(cluster.execute(Statement.read("REFRESH TABLE " + own.sqlName())));
    assertEquals(
        0L,
        get(cluster.execute(Statement.read("SELECT count(*) AS n FROM " + own.sqlName())))
            .get(0)
            .number("n"));
  }

  @ParameterizedTest
  @EnumSource
  default void a_run_that_was_taken_over_settles_only_its_own_entries(Transport transport) {
    String table = fresh();
    TableRef target = awkward().get(2);
    JournalEntry alices = entry(ALICE, target, ResetState.MONITORING_LEASES);
    ClusterJournal first = journal(transport, table);
    get(first.write(alices));
    ClusterJournal second = journal(transport, table);
    assertEquals(List.of(alices), get(second.unfinished()));
    JournalEntry bobs = entry(BOB, target, ResetState.RESTORING_REPLICAS);
    get(second.write(bobs));
    get(first.write(settled(alices, RestoreOutcome.DONE)));
    assertEquals(List.of(bobs), get(second.unfinished()));
    get(second.write(settled(bobs, RestoreOutcome.DONE)));
    assertEquals(List.of(), get(second.unfinished()));
  }

  @ParameterizedTest
  @EnumSource
  default void who_went_on_with_an_entry_may_settle_it_without_having_written_it(
      Transport transport) {
    String table = fresh();
    JournalEntry alices = entry(ALICE, awkward().get(0), ResetState.MONITORING_LEASES);
    get(journal(transport, table).write(alices));
    ClusterJournal second = journal(transport, table);
    get(second.unfinished());
    get(
        second.write(
            settled(
                entry(BOB, alices.table(), ResetState.RESTORING_REPLICAS), RestoreOutcome.DONE)));
    assertEquals(List.of(), get(second.unfinished()));
  }

  @ParameterizedTest
  @EnumSource
  default void a_journal_of_a_newer_version_is_refused(Transport transport) {
    String table = fresh();
    get(journal(transport, table).write(entry(ALICE, awkward().get(0), ResetState.DETECTED)));
    TableRef own = TableRef.of(schema(), table);
    get(open(transport).execute(Statement.read("REFRESH TABLE " + own.sqlName())));
    get(open(transport).execute(Statement.write("UPDATE " + own.sqlName() + " SET format = 4")));
    assertEquals(
        own.fullName()
            + " in the cluster was written by a newer version of XMover (format 4, this one reads"
            + " 3). Use that version",
        refusal(ClusterJournal.open(open(transport), schema(), table, told -> {})));
  }

  private static JournalEntry identified(String uuid, TableRef target) {
    return new JournalEntry(
        ALICE,
        target,
        Optional.of(new TableIdentity("4ZeyBUbyShW8hW0UOH_Nqg", new IndexUuid(uuid))),
        new ReplicaSetting("2"),
        3,
        ResetState.FAILED,
        Optional.of(RestoreOutcome.FAILED),
        OpenEnds.of(
            true,
            Optional.of(new ReplicaSetting("0-1")),
            Optional.of(AT.plusSeconds(70)),
            target,
            Optional.of("met")),
        AT.minusSeconds(5),
        AT);
  }

  @ParameterizedTest
  @EnumSource
  default void an_entry_knows_which_table_it_is_about_whatever_its_name(Transport transport) {
    String table = fresh();
    ClusterJournal journal = journal(transport, table);
    List<JournalEntry> entries =
        awkward().stream().map(t -> identified("uuid-of_" + entries(t), t)).toList();
    entries.forEach(entry -> get(journal.write(entry)));
    for (Transport other : Transport.values()) {
      assertEquals(
          Set.copyOf(entries), Set.copyOf(get(journal(other, table).unfinished())), other.title());
    }
  }

  private static int entries(TableRef target) {
    return Math.floorMod(target.toString().hashCode(), 100_000);
  }

  @ParameterizedTest
  @EnumSource
  default void two_tables_that_had_the_same_name_keep_an_entry_each(Transport transport) {
    ClusterJournal journal = journal(transport, fresh());
    TableRef name = TableRef.of("doc", "metrics");
    JournalEntry first = identified("first", name);
    JournalEntry second = identified("second", name);
    JournalEntry byName = entry(ALICE, name, ResetState.MONITORING_LEASES);
    List.of(first, second, byName).forEach(entry -> get(journal.write(entry)));
    assertEquals(Set.of(first, second, byName), Set.copyOf(get(journal.unfinished())));
    get(journal.write(first.forgotten()));
    assertEquals(Set.of(second, byName), Set.copyOf(get(journal.unfinished())));
    get(journal.write(settled(byName, RestoreOutcome.DONE)));
    assertEquals(List.of(second), get(journal.unfinished()));
  }

  @ParameterizedTest
  @EnumSource
  default void nothing_is_created_by_reading(Transport transport) {
    assertEquals(
        List.of(),
        get(ClusterJournal.read(open(transport), schema(), "never written")).unfinished());
    assertEquals(
        List.of(),
        get(ClusterJournal.read(open(transport), "no_such_schema", "journal")).unfinished());
    assertTrue(
        get(open(transport).execute(DetectionSql.relations())).stream()
            .noneMatch(row -> "never written".equals(row.text("table_name"))));
  }

  @ParameterizedTest
  @EnumSource
  default void the_journal_itself_can_not_be_reset(Transport transport) {
    String table = fresh();
    journal(transport, table);
    Cluster cluster = open(transport);
    TableRef own = TableRef.of(schema(), table);
    Future<List<Row>> zero = cluster.execute(Sql.setReplicas(own, ReplicaSetting.ZERO));
    Throwable refused = get(zero.transform(r -> Future.succeededFuture(r.cause())));
    assertEquals(
        ClusterFailure.Kind.BLOCKED, assertInstanceOf(ClusterFailure.class, refused).kind());
    Row setting = get(cluster.execute(Sql.settingAlone(own))).get(0);
    assertEquals("0-2", setting.text("number_of_replicas"));
    assertEquals(1L, setting.number("primaries"));
  }
}
