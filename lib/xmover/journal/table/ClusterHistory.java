package xmover.journal.table;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.journal.FiguresJson;
import xmover.journal.History;
import xmover.journal.file.JournalLine;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.ResetHistory;
import xmover.table.TableRef;

/**
 * The ended resets and gentler remedies in a table of the cluster, beside the journal's. It is
 * created when the first one ends: nothing about it can keep a table from being restored.
 */
final class ClusterHistory {
  private static final long FORMAT = 1;

  static final String COLUMNS =
      """
      format BIGINT, table_schema TEXT, table_name TEXT, partition_ident TEXT, run_id TEXT,
        partition_values TEXT, outcome TEXT, told TEXT, started_by TEXT, host TEXT, started TEXT,
        written TEXT, ended BIGINT,
        PRIMARY KEY (table_schema, table_name, partition_ident, run_id)\
      """;

  /** For a table that lacks the later columns. */
  static final String PUT_AS_BEFORE =
      """
      INSERT INTO %s (format, table_schema, table_name, partition_ident, run_id, partition_values,
        outcome, told, started_by, host, started, written, ended)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT (table_schema, table_name, partition_ident, run_id) DO UPDATE SET
        outcome = excluded.outcome, told = excluded.told, written = excluded.written,
        ended = excluded.ended\
      """;

  static final OwnTable.Column REMEDY = new OwnTable.Column("remedy", "TEXT");
  private static final OwnTable.Column FIGURES = new OwnTable.Column("figures", "TEXT");
  private static final List<OwnTable.Column> LATER = List.of(REMEDY, FIGURES);

  private static final int CELLS_BEFORE = 13;

  private final Cluster cluster;
  private final OwnTable own;
  private @Nullable Future<List<OwnTable.Column>> ready;

  /**
   * @param journal the journal it stands beside
   */
  ClusterHistory(Cluster cluster, TableRef journal) {
    this.cluster = cluster;
    this.own =
        new OwnTable(
            cluster, TableRef.of(journal.schema(), journal.name() + "_history"), COLUMNS, LATER);
  }

  Future<Void> remember(PastReset reset) {
    return ready()
        .compose(later -> cluster.execute(put(reset, later)))
        .recover(failure -> Future.failedFuture(own.failure("written", failure)))
        .mapEmpty();
  }

  /** A table that lacks the remedy tells each as a reset, which counts as much. */
  private Statement put(PastReset reset, List<OwnTable.Column> later) {
    Map<OwnTable.Column, Object> more =
        Map.of(
            REMEDY,
            reset.remedy().name(),
            FIGURES,
            reset.figures().map(figures -> FiguresJson.of(figures).toString()).orElse(""));
    List<Object> cells = new ArrayList<>(List.of(cells(reset)));
    later.forEach(column -> cells.add(more.get(column)));
    return Statement.write(sql(putWith(later)), cells.toArray());
  }

  /** For a table that has these of the later columns. */
  static String putWith(List<OwnTable.Column> later) {
    var names = new StringBuilder();
    var cells = new StringBuilder();
    var updates = new StringBuilder();
    for (OwnTable.Column column : later) {
      String name = ", " + column.name();
      names.append(name);
      cells.append(", $").append(CELLS_BEFORE + 1 + later.indexOf(column));
      updates.append(name).append(" = excluded.").append(column.name());
    }
    return PUT_AS_BEFORE
        .replace("written, ended)", "written, ended" + names + ")")
        .replace("$13)", "$13" + cells + ")")
        .replace("ended = excluded.ended", "ended = excluded.ended" + updates);
  }

  /** Created once, and what is too old forgotten; which of the later columns it has. */
  private synchronized Future<List<OwnTable.Column>> ready() {
    if (ready == null || ready.failed()) {
      ready =
          own.create()
              .compose(
                  lacking -> lacking.isEmpty() ? Future.succeededFuture(LATER) : own.laterThere())
              .compose(later -> own.refresh().compose(seen -> forget()).map(forgotten -> later));
    }
    return ready;
  }

  private Future<Void> forget() {
    return cluster
        .execute(
            Statement.read(
                sql("SELECT ended FROM %s ORDER BY ended DESC LIMIT " + ResetHistory.MOST)))
        .compose(rows -> rows.isEmpty() ? Future.succeededFuture() : forgetBefore(oldest(rows)));
  }

  private static long oldest(List<Row> newestFirst) {
    long tooOld = ended(newestFirst.get(0)) - ResetHistory.KEPT.toMillis();
    boolean full = newestFirst.size() == ResetHistory.MOST;
    return full ? Math.max(tooOld, ended(newestFirst.get(newestFirst.size() - 1))) : tooOld;
  }

  private static long ended(Row row) {
    Long ended = row.number("ended");
    return ended == null ? 0 : ended;
  }

  private Future<Void> forgetBefore(long ended) {
    return cluster
        .execute(Statement.write(sql("DELETE FROM %s WHERE ended < $1"), ended))
        .mapEmpty();
  }

  /** Oldest first; none while there is no table. */
  Future<List<PastReset>> all() {
    return own.exists()
        .compose(there -> there ? read() : Future.succeededFuture(List.<PastReset>of()))
        .recover(failure -> Future.failedFuture(own.failure("read", failure)));
  }

  private Future<List<PastReset>> read() {
    return own.refresh()
        .compose(seen -> cluster.execute(Statement.read(sql("SELECT * FROM %s"))))
        .map(
            rows ->
                History.of(
                    rows.stream()
                        .map(row -> JournalRow.read(row, own.name(), FORMAT, ClusterHistory::reset))
                        .toList()));
  }

  private static PastReset reset(Row row) {
    return new PastReset(
        JournalRow.run(row),
        JournalRow.table(row),
        JournalRow.optional(row, "remedy").map(Remedy::valueOf).orElse(Remedy.RESET),
        PastReset.Outcome.valueOf(JournalRow.text(row, "outcome")),
        JournalRow.text(row, "told"),
        Instant.parse(JournalRow.text(row, "written")),
        JournalRow.optional(row, "figures").flatMap(ClusterHistory::figures));
  }

  private static Optional<PastReset.Figures> figures(String text) {
    try {
      return FiguresJson.read(JournalLine.parse(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  static Object[] cells(PastReset reset) {
    TableRef table = reset.table();
    return new Object[] {
      FORMAT,
      table.schema(),
      table.name(),
      table.partitionIdent(),
      reset.run().runId(),
      table.partition().map(p -> new JsonObject(p.values()).encode()).orElse(""),
      reset.outcome().name(),
      reset.told(),
      reset.run().user(),
      reset.run().host(),
      reset.run().started().toString(),
      reset.at().toString(),
      reset.at().toEpochMilli()
    };
  }

  private String sql(String text) {
    return text.formatted(own.name().sqlName());
  }
}
