package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.PastResets.ago;
import static xmover.journal.table.InCluster.fresh;
import static xmover.journal.table.InCluster.get;
import static xmover.journal.table.InCluster.refusal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.Transport;
import xmover.journal.Entries;
import xmover.journal.PastResets;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.machine.JournalEntry;
import xmover.table.TableRef;

/** What a journal in the cluster promises about resets that ended. */
public interface HistoryContract extends InCluster {
  @ParameterizedTest
  @EnumSource
  default void an_ended_reset_outlasts_the_run_oldest_first(Transport transport) {
    String table = fresh();
    ClusterJournal journal = journal(transport, table);
    PastReset later = ago(Duration.ofHours(1), Entries.partition(), "second");
    PastReset earlier = ago(Duration.ofHours(5), Entries.EVENTS, "first");
    get(journal.remember(later));
    get(journal.remember(earlier));
    get(journal.close());
    for (Transport other : Transport.values()) {
      assertEquals(List.of(earlier, later), get(journal(other, table).history()));
      assertEquals(
          List.of(earlier, later), get(ClusterJournal.history(open(other), schema(), table)));
    }
  }

  @ParameterizedTest
  @EnumSource
  default void the_last_word_on_a_reset_counts(Transport transport) {
    ClusterJournal journal = journal(transport, fresh());
    journal.remember(ago(Duration.ofHours(2), Entries.EVENTS, "run"));
    PastReset cured = ago(Duration.ofHours(1), Entries.EVENTS, "run", PastReset.Outcome.NOT_CURED);
    journal.remember(cured);
    assertEquals(List.of(cured), get(journal.history()));
  }

  @ParameterizedTest
  @EnumSource
  default void what_is_too_old_is_forgotten(Transport transport) {
    String table = fresh();
    PastReset recent = ago(Duration.ZERO, Entries.EVENTS, "recent");
    ClusterJournal first = journal(transport, table);
    get(first.remember(ago(Duration.ofDays(31), Entries.METRICS, "old")));
    get(first.remember(recent));
    assertEquals(List.of(recent), get(first.history()));
    get(journal(transport, table).remember(recent));
    assertEquals(1L, rows(transport, table + "_history"));
  }

  @ParameterizedTest
  @EnumSource
  default void a_table_of_a_version_that_knew_no_remedy_is_read_as_resets_and_told_more(
      Transport transport) {
    String table = fresh();
    String own = createdBefore(transport, table, ClusterHistory.COLUMNS);
    PastReset old = ago(Duration.ofHours(5), Entries.METRICS, "old");
    get(
        open(transport)
            .execute(
                Statement.write(
                    ClusterHistory.PUT_AS_BEFORE.formatted(own), ClusterHistory.cells(old))));
    ClusterJournal journal = journal(transport, table);
    assertEquals(Remedy.RESET, get(journal.history()).get(0).remedy());
    get(journal.remember(ago(Duration.ofHours(1), Entries.EVENTS, "new")));
    assertEquals(
        List.of(Remedy.RESET, Remedy.MOVE),
        get(journal.history()).stream().map(PastReset::remedy).toList());
  }

  @ParameterizedTest
  @EnumSource
  default void a_table_of_a_version_that_knew_no_figures_is_read_and_told_more(
      Transport transport) {
    String table = fresh();
    String own = createdBefore(transport, table, "remedy TEXT, " + ClusterHistory.COLUMNS);
    PastReset old = ago(Duration.ofHours(5), Entries.METRICS, "old");
    List<Object> cells = new ArrayList<>(List.of(ClusterHistory.cells(old)));
    cells.add(old.remedy().name());
    get(
        open(transport)
            .execute(
                Statement.write(
                    ClusterHistory.putWith(List.of(ClusterHistory.REMEDY)).formatted(own),
                    cells.toArray())));
    ClusterJournal journal = journal(transport, table);
    assertEquals(List.of(PastResets.withoutFigures(old)), get(journal.history()));
    PastReset next = ago(Duration.ofHours(1), Entries.EVENTS, "new");
    get(journal.remember(next));
    assertEquals(List.of(PastResets.withoutFigures(old), next), get(journal.history()));
  }

  @ParameterizedTest
  @EnumSource
  default void who_may_not_add_a_column_writes_those_that_are_there(Transport transport) {
    String table = fresh();
    createdBefore(transport, table, "remedy TEXT, " + ClusterHistory.COLUMNS);
    PastReset reset = ago(Duration.ofHours(1), Entries.EVENTS, "new");
    var history = new ClusterHistory(withoutAlter(open(transport)), TableRef.of(schema(), table));
    get(history.remember(reset));
    assertEquals(List.of(PastResets.withoutFigures(reset)), get(history.all()));
  }

  private static Cluster withoutAlter(Cluster cluster) {
    return new Cluster() {
      @Override
      public Future<List<Row>> execute(Statement statement) {
        return statement.text().startsWith("ALTER")
            ? Future.failedFuture(new ClusterFailure(Kind.PRIVILEGE, "Missing DDL", null, null))
            : cluster.execute(statement);
      }

      @Override
      public Future<Void> close() {
        return cluster.close();
      }
    };
  }

  private String createdBefore(Transport transport, String table, String columns) {
    String own = TableRef.of(schema(), table + "_history").sqlName();
    get(
        open(transport)
            .execute(
                Statement.write(
                    "CREATE TABLE IF NOT EXISTS %s (%s) CLUSTERED INTO 1 SHARDS WITH (\"number_of_replicas\" = '0-2', \"blocks.metadata\" = true)"
                        .formatted(own, columns))));
    return own;
  }

  @ParameterizedTest
  @EnumSource
  default void without_a_reset_there_is_no_table_for_them(Transport transport) {
    String table = fresh();
    ClusterJournal journal = journal(transport, table);
    assertEquals(List.of(), get(journal.history()));
    String count = "SELECT count(*) AS n FROM information_schema.tables WHERE table_name = $1";
    assertEquals(
        0L,
        get(open(transport).execute(Statement.read(count, table + "_history"))).get(0).number("n"));
  }

  @ParameterizedTest
  @EnumSource
  default void a_history_that_can_not_be_read_keeps_nothing_from_being_restored(
      Transport transport) {
    String table = fresh();
    JournalEntry begun = Entries.begun(Entries.EVENTS);
    get(journal(transport, table).write(begun));
    get(journal(transport, table).remember(ago(Duration.ZERO, Entries.EVENTS, "run")));
    String own = TableRef.of(schema(), table + "_history").sqlName();
    get(open(transport).execute(Statement.read("REFRESH TABLE " + own)));
    get(open(transport).execute(Statement.write("UPDATE " + own + " SET format = 2")));

    ClusterJournal journal = journal(transport, table);
    assertEquals(List.of(begun), get(journal.unfinished()));
    assertTrue(refusal(journal.history()).contains("newer version of XMover (format 2"));
  }

  private long rows(Transport transport, String table) {
    String own = TableRef.of(schema(), table).sqlName();
    get(open(transport).execute(Statement.read("REFRESH TABLE " + own)));
    return get(open(transport).execute(Statement.read("SELECT count(*) AS n FROM " + own)))
        .get(0)
        .number("n");
  }
}
