package xmover.detect;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.sql.DetectionSql;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * The traces of texts too long for an index, which leave a hole in the replicas: the writes that
 * CrateDB says it refused for it, and the columns where it can happen. A refused row of a bulk
 * leaves no trace, so nothing found proves nothing.
 *
 * @param onlyOwn whether CrateDB may have shown the user's own statements alone
 */
public record LongTexts(Told<RefusedWrite> refused, Told<TextColumn> columns, boolean onlyOwn) {
  /** How many rows an answer has at most. */
  static final int MOST = 1000;

  /**
   * What was answered.
   *
   * @param more whether there may have been more than was asked for
   * @param failure why it could not be read; empty when it could
   */
  public record Told<T>(List<T> rows, boolean more, String failure) {
    public Told {
      rows = List.copyOf(rows);
    }

    public boolean isReadable() {
      return failure.isEmpty();
    }
  }

  /**
   * A statement that was refused.
   *
   * @param statement without any value that was in it
   * @param last when it was refused last
   * @param times how often it was, by the same user
   */
  public record RefusedWrite(
      TableRef table, String statement, String user, Optional<Instant> last, long times) {
    private RefusedWrite again() {
      return new RefusedWrite(table, statement, user, last, times + 1);
    }

    private List<Object> key() {
      return List.of(table, statement, user);
    }
  }

  /** A column of text without a limit that keeps it short enough. */
  public record TextColumn(TableRef table, String name) {}

  /** The analysis with what could be found out; unchanged where no table can have a hole. */
  static Future<Analysis> added(Cluster cluster, Analysis analysis) {
    List<TableRef> tables =
        analysis.findings().stream().filter(LongTexts::mayHaveHole).map(LongTexts::whole).toList();
    tables = tables.stream().distinct().toList();
    return tables.isEmpty()
        ? Future.succeededFuture(analysis)
        : ask(cluster, tables, !analysis.cluster().superuser()).map(analysis::with);
  }

  private static boolean mayHaveHole(Finding finding) {
    return finding.diagnoses().stream()
        .anyMatch(diagnosis -> diagnosis.kind() != Diagnosis.Kind.FLUSHES_BY_ITSELF);
  }

  private static TableRef whole(Finding finding) {
    return TableRef.of(finding.table().schema(), finding.table().name());
  }

  private static Future<LongTexts> ask(Cluster cluster, List<TableRef> tables, boolean onlyOwn) {
    List<String> names = tables.stream().map(t -> t.schema() + "." + t.name()).toList();
    return ask(cluster, DetectionSql.refusedTexts(MOST), rows -> refused(rows, tables))
        .compose(
            refused ->
                ask(cluster, DetectionSql.textColumns(names, MOST), rows -> columns(rows, tables))
                    .map(columns -> new LongTexts(refused, columns, onlyOwn)));
  }

  private static <T> Future<Told<T>> ask(
      Cluster cluster, Statement statement, Function<List<Row>, List<T>> read) {
    return cluster
        .execute(statement)
        .map(rows -> new Told<>(read.apply(rows), rows.size() >= MOST, ""))
        .otherwise(failure -> new Told<>(List.of(), false, ClusterFailure.sentence(failure)));
  }

  /** The newest first; the same statement of the same user once. */
  private static List<RefusedWrite> refused(List<Row> rows, List<TableRef> tables) {
    Map<List<Object>, RefusedWrite> writes = new LinkedHashMap<>();
    for (Row row : rows) {
      var sql = new MaskedSql(Objects.requireNonNullElse(row.text("stmt"), ""));
      for (TableRef table : tables) {
        if (sql.names(table)) {
          var write = write(row, table, sql.text());
          writes.merge(write.key(), write, (newest, older) -> newest.again());
        }
      }
    }
    return List.copyOf(writes.values());
  }

  private static RefusedWrite write(Row row, TableRef table, String statement) {
    return new RefusedWrite(
        table,
        statement,
        Objects.requireNonNullElse(row.text("username"), "?"),
        Optional.ofNullable(row.number("ended_at")).map(Instant::ofEpochMilli),
        1);
  }

  private static List<TextColumn> columns(List<Row> rows, List<TableRef> tables) {
    return rows.stream()
        .flatMap(
            row ->
                tables.stream()
                    .filter(table -> table.schema().equals(row.text("table_schema")))
                    .filter(table -> table.name().equals(row.text("table_name")))
                    .flatMap(table -> column(row, table).stream()))
        .toList();
  }

  private static Optional<TextColumn> column(Row row, TableRef table) {
    return Optional.ofNullable(row.text("column_name")).map(name -> new TextColumn(table, name));
  }
}
