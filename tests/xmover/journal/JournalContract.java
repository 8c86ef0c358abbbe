package xmover.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.DetectionSql;
import xmover.cluster.Row;
import xmover.cluster.Sql;
import xmover.cluster.Statement;
import xmover.cluster.Timers;
import xmover.cluster.Transport;
import xmover.reset.JournalEntry;
import xmover.reset.ResetState;
import xmover.reset.RestoreOutcome;
import xmover.reset.RunIdentity;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** What a journal and a lock in the cluster promise, over each wire of any CrateDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class JournalContract {
  private static final Instant AT = Instant.parse("2024-01-15T10:30:16.123456789Z");
  private static final RunIdentity ALICE = run("alice");
  private static final RunIdentity BOB = run("bob");

  private int tables;

  /** A cluster over that wire, the same one for all wires; it is closed elsewhere. */
  protected abstract Cluster open(Transport transport);

  protected abstract Timers timers();

  /** A schema of its own, as awkward as any. */
  protected abstract String schema();

  private static RunIdentity run(String user) {
    return new RunIdentity("run of " + user, user, user + "'s \"laptop\"", AT.minusSeconds(9));
  }

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

  protected static <T> T get(Future<T> future) {
    try {
      return future.await(90, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  private static String refusal(Future<?> future) {
    Throwable failure = get(future.transform(result -> Future.succeededFuture(result.cause())));
    return assertInstanceOf(JournalFailure.class, failure).getMessage();
  }

  private ClusterJournal journal(Transport transport, String table) {
    return get(ClusterJournal.open(open(transport), schema(), table));
  }

  private String fresh() {
    return "Journal'{é}:" + tables++;
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
  void what_is_written_is_read_by_the_next_process(Transport transport) {
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
      assertEquals(entries, get(ClusterJournal.read(open(other), schema(), table)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_latest_entry_of_a_table_wins_and_keeps_its_place(Transport transport) {
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
  void writes_nobody_waits_for_keep_their_order(Transport transport) {
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
  void a_settled_entry_leaves_nothing_behind(Transport transport) {
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
  void a_run_that_was_taken_over_settles_only_its_own_entries(Transport transport) {
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
  void who_went_on_with_an_entry_may_settle_it_without_having_written_it(Transport transport) {
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
  void a_journal_of_a_newer_version_is_refused(Transport transport) {
    String table = fresh();
    get(journal(transport, table).write(entry(ALICE, awkward().get(0), ResetState.DETECTED)));
    TableRef own = TableRef.of(schema(), table);
    get(open(transport).execute(Statement.read("REFRESH TABLE " + own.sqlName())));
    get(open(transport).execute(Statement.write("UPDATE " + own.sqlName() + " SET format = 2")));
    assertEquals(
        own.fullName()
            + " in the cluster was written by a newer version of XMover (format 2, this one reads"
            + " 1). Use that version",
        refusal(ClusterJournal.open(open(transport), schema(), table)));
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_created_by_reading(Transport transport) {
    assertEquals(List.of(), get(ClusterJournal.read(open(transport), schema(), "never written")));
    assertEquals(List.of(), get(ClusterJournal.read(open(transport), "no_such_schema", "journal")));
    assertTrue(
        get(open(transport).execute(DetectionSql.relations())).stream()
            .noneMatch(row -> "never written".equals(row.text("table_name"))));
  }

  @ParameterizedTest
  @EnumSource
  void the_journal_itself_can_not_be_reset(Transport transport) {
    String table = fresh();
    journal(transport, table);
    Cluster cluster = open(transport);
    TableRef own = TableRef.of(schema(), table);
    Future<List<Row>> zero = cluster.execute(Sql.setReplicas(own, ReplicaSetting.ZERO));
    Throwable refused = get(zero.transform(r -> Future.succeededFuture(r.cause())));
    assertEquals(
        ClusterFailure.Kind.REFUSED, assertInstanceOf(ClusterFailure.class, refused).kind());
    Row setting = get(cluster.execute(Sql.setting(own))).get(0);
    assertEquals("0-2", setting.text("number_of_replicas"));
    assertEquals(1L, setting.number("primaries"));
  }

  private Future<ClusterLock> lock(
      Transport transport, String table, RunIdentity run, boolean takeover) {
    return ClusterLock.acquire(
        open(transport), schema(), table, run, takeover, timers(), said -> {});
  }

  @ParameterizedTest
  @EnumSource
  void a_second_run_is_told_who_holds_the_lock(Transport transport) {
    String table = fresh();
    ClusterLock first = get(lock(transport, table, ALICE, false));
    assertEquals(Optional.empty(), first.takenFrom());
    String refusal = refusal(lock(transport, table, BOB, false));
    assertTrue(
        refusal.matches(
            "another run works on this cluster: alice@alice's \"laptop\" since"
                + " 2024-01-15T10:30:07.123456789Z \\(run run of alice\\), last heard of \\d+ s"
                + " ago. Wait until it has ended, or take over with --takeover when you know that"
                + " it is dead"),
        refusal);
    get(first.release());
    get(first.release());
    get(get(lock(transport, table, BOB, false)).release());
  }

  @ParameterizedTest
  @EnumSource
  void a_lock_can_be_taken_over_and_is_then_not_released_by_the_one_who_lost_it(
      Transport transport) {
    String table = fresh();
    ClusterLock first = get(lock(transport, table, ALICE, false));
    ClusterLock second = get(lock(transport, table, BOB, true));
    assertTrue(second.takenFrom().orElseThrow().startsWith("alice@alice's \"laptop\" since"));
    get(first.release());
    assertTrue(refusal(lock(transport, table, ALICE, false)).contains("bob@"));
    get(second.release());
  }

  @ParameterizedTest
  @EnumSource
  void a_silent_holder_loses_the_lock(Transport transport) {
    String table = fresh();
    get(lock(transport, table, ALICE, false));
    String own = TableRef.of(schema(), table).sqlName();
    get(
        open(transport)
            .execute(Statement.write("UPDATE " + own + " SET heartbeat = 0 WHERE id = 'run'")));
    ClusterLock second = get(lock(transport, table, BOB, false));
    assertTrue(second.takenFrom().orElseThrow().contains("silent for"));
    get(second.release());
  }

  @ParameterizedTest
  @EnumSource
  void of_many_at_once_one_gets_the_lock(Transport transport) {
    String table = fresh();
    get(get(lock(transport, table, ALICE, false)).release());
    for (boolean expired : new boolean[] {false, true}) {
      List<Future<ClusterLock>> tries = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Transport wire = i % 2 == 0 ? Transport.HTTP : Transport.POSTGRESQL;
        tries.add(lock(wire, table, run("user" + i), false));
      }
      get(Future.join(tries).otherwiseEmpty());
      List<ClusterLock> held =
          tries.stream().filter(Future::succeeded).map(Future::result).toList();
      assertEquals(1, held.size(), "with an expired row: " + expired);
      String own = TableRef.of(schema(), table).sqlName();
      get(
          open(transport)
              .execute(Statement.write("UPDATE " + own + " SET heartbeat = 0 WHERE id = 'run'")));
    }
  }
}
