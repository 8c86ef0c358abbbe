package xmover.safety;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.DetectionSql;
import xmover.cluster.PreflightSql;
import xmover.cluster.Row;
import xmover.cluster.Timers;
import xmover.detect.CatalogueRows;
import xmover.table.Relation;
import xmover.table.TableRef;

/** Looks at one table or partition right before its turn. */
public final class TableLook {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** With a node that does not answer sys.shards hangs for 30 s; nobody has to wait for that. */
  private static final Duration PATIENCE_IN_TROUBLE = Duration.ofSeconds(5);

  private final Reader reader;
  private final Timers timers;
  private final Instant detected;
  private final SentStatements ours;

  private record Catalogued(Relation relation, Seen<String> allocation) {}

  /**
   * @param detected when the tables were detected
   * @param ours what this run sent itself
   */
  public TableLook(Cluster cluster, Timers timers, Instant detected, SentStatements ours) {
    this.reader = new Reader(cluster, timers);
    this.timers = timers;
    this.detected = detected;
    this.ours = ours;
  }

  /** Looks; what could not be read is told in its place. */
  Future<TableView> look(TableRef table, boolean trouble) {
    Duration patience = trouble ? PATIENCE_IN_TROUBLE : PATIENCE;
    Duration lately = Duration.between(detected, timers.now());
    var relation =
        reader.read(
            "the catalogue", DetectionSql.relation(table), patience, rows -> catalogued(rows));
    var copies =
        reader.read(
            "sys.shards",
            PreflightSql.copies(table),
            patience,
            rows -> Seen.of(rows.stream().map(CopyView::of).toList()));
    var running =
        reader.read(
            "sys.jobs",
            PreflightSql.running(table),
            patience,
            rows -> Seen.of(statements(rows, table)));
    var ended =
        reader.read(
            "sys.jobs_log",
            PreflightSql.ended(table, lately),
            patience,
            rows -> Seen.of(statements(rows, table)));
    return Future.all(relation, copies, running, ended)
        .map(
            all ->
                new TableView(
                    relation.result().then(c -> Seen.of(c.relation())),
                    relation.result().then(Catalogued::allocation),
                    copies.result(),
                    running.result(),
                    ended.result(),
                    ours.changed(table),
                    ours.movesShards()));
  }

  private static Seen<Catalogued> catalogued(List<Row> rows) {
    if (rows.isEmpty()) {
      return Seen.unreadable("it is not in the catalogue any more: dropped, or out of sight");
    }
    Row row = rows.get(0);
    var allocation = Optional.ofNullable(row.text("allocation_enable"));
    return Seen.of(
        new Catalogued(
            CatalogueRows.relation(row), Seen.told(allocation, "routing.allocation.enable")));
  }

  private List<ForeignStatement> statements(List<Row> rows, TableRef table) {
    return rows.stream()
        .map(TableLook::statement)
        .filter(s -> StatementText.changes(s.text(), table) && !ours.contains(s.text()))
        .toList();
  }

  private static ForeignStatement statement(Row row) {
    return new ForeignStatement(
        Objects.requireNonNullElse(row.text("username"), "?"),
        Objects.requireNonNullElse(row.text("stmt"), ""));
  }
}
