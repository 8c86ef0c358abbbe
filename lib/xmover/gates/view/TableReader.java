package xmover.gates.view;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.PreflightSql;
import xmover.cluster.sql.Sql;
import xmover.detect.CatalogueRows;
import xmover.detect.CopyState;
import xmover.detect.MaskedSql;
import xmover.detect.allocation.AllocationSettings;
import xmover.environment.Timers;
import xmover.reset.CopyReading;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.table.Relation;
import xmover.table.TableRef;

/** Looks at one table or partition right before its turn. */
public final class TableReader {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** With a node that does not answer sys.shards hangs for 30 s; nobody has to wait for that. */
  private static final Duration PATIENCE_IN_TROUBLE = Duration.ofSeconds(5);

  private static final Duration FRESH = Duration.ofSeconds(2);

  private static final String GONE =
      "it is not in the catalogue any more: dropped, or out of sight";

  private final StatementReader reader;
  private final Timers timers;
  private final Instant detected;
  private final SentStatements ours;
  private final RunListener listener;

  private Optional<Latest> latest = Optional.empty();

  private record Catalogued(Relation relation, AllocationSettings allocation) {}

  /** The table that was looked at last: its gates are asked right before a node is chosen. */
  private record Latest(TableRef table, Instant at, Future<Reading<Catalogued>> relation) {}

  /**
   * @param detected when the tables were detected
   * @param ours what this run sent itself
   */
  public TableReader(Cluster cluster, Timers timers, Instant detected, SentStatements ours) {
    this(cluster, timers, detected, ours, RunListener.NONE);
  }

  /**
   * @param listener is told the copies that are seen of the table
   */
  public TableReader(
      Cluster cluster, Timers timers, Instant detected, SentStatements ours, RunListener listener) {
    this.listener = listener;
    this.reader = new StatementReader(cluster, timers);
    this.timers = timers;
    this.detected = detected;
    this.ours = ours;
  }

  /** Looks; what could not be read is told in its place. */
  public Future<TableView> look(TableRef table, boolean trouble) {
    Duration patience = trouble ? PATIENCE_IN_TROUBLE : PATIENCE;
    Duration lately = Duration.between(detected, timers.now());
    var relation = catalogued(table, patience);
    var copies = copies(table, trouble).onSuccess(seen -> tell(table, seen));
    var statements =
        reader.read(
            "sys.jobs and sys.jobs_log",
            PreflightSql.statements(table, lately),
            patience,
            rows -> Reading.of(statements(rows, table)));
    return Future.all(relation, copies, statements)
        .map(
            all ->
                new TableView(
                    relation.result().then(c -> Reading.of(c.relation())),
                    relation.result().then(c -> Reading.of(c.allocation())),
                    copies.result(),
                    statements.result(),
                    ours.changed(table),
                    ours.movesShards()));
  }

  private void tell(TableRef table, Reading<List<CopyState>> copies) {
    copies
        .value()
        .ifPresent(
            seen ->
                listener.on(
                    new RunEvent.CopiesSeen(table, seen.stream().map(CopyReading::of).toList())));
  }

  /** Where its shards may go, as just seen by whoever looked at it. */
  public Future<Reading<AllocationSettings>> allocation(TableRef table) {
    boolean known =
        latest
            .filter(look -> look.table().equals(table))
            .filter(look -> timers.now().isBefore(look.at().plus(FRESH)))
            .isPresent();
    var relation = known ? latest.orElseThrow().relation() : catalogued(table, PATIENCE);
    return relation.map(seen -> seen.then(c -> Reading.of(c.allocation())));
  }

  /** The same of many tables in one statement. */
  public Future<Map<TableRef, Reading<AllocationSettings>>> allocations(
      Collection<TableRef> tables) {
    return reader
        .read(
            "the catalogue",
            DetectionSql.allocations(tables.stream().map(TableRef::name).collect(toSet())),
            PATIENCE,
            rows ->
                Reading.of(
                    rows.stream()
                        .collect(
                            toMap(
                                row -> CatalogueRows.key(row, "table_schema"),
                                row -> row,
                                (one, same) -> one))))
        .map(
            seen ->
                tables.stream()
                    .distinct()
                    .collect(toMap(table -> table, table -> seen.then(r -> allocation(table, r)))));
  }

  private static Reading<AllocationSettings> allocation(
      TableRef table, Map<List<String>, Row> rows) {
    return Optional.ofNullable(rows.get(CatalogueRows.key(table)))
        .map(row -> Reading.of(AllocationSettings.ofTable(Row.entries(row.value("allocation")))))
        .orElseGet(() -> Reading.unreadable(GONE));
  }

  private Future<Reading<Catalogued>> catalogued(TableRef table, Duration patience) {
    var relation =
        reader.read(
            "the catalogue", DetectionSql.relation(table), patience, rows -> catalogued(rows));
    latest = Optional.of(new Latest(table, timers.now(), relation));
    return relation;
  }

  /** Every copy of its shards. */
  public Future<Reading<List<CopyState>>> copies(TableRef table, boolean trouble) {
    return reader.read(
        "sys.shards",
        Sql.copies(table),
        trouble ? PATIENCE_IN_TROUBLE : PATIENCE,
        rows -> Reading.of(rows.stream().map(row -> CopyState.of(table, row)).toList()));
  }

  private static Reading<Catalogued> catalogued(List<Row> rows) {
    if (rows.isEmpty()) {
      return Reading.unreadable(GONE);
    }
    Row row = rows.get(0);
    var allocation = AllocationSettings.ofTable(Row.entries(row.value("allocation")));
    return Reading.told(CatalogueRows.relation(row), "whole name of the table or partition")
        .then(relation -> Reading.of(new Catalogued(relation, allocation)));
  }

  private List<ForeignStatement> statements(List<Row> rows, TableRef table) {
    return rows.stream()
        .map(TableReader::statement)
        .filter(s -> new MaskedSql(s.text()).changes(table) && !ours.contains(s.text()))
        .toList();
  }

  private static ForeignStatement statement(Row row) {
    return new ForeignStatement(
        row.flag("running"),
        Objects.requireNonNullElse(row.text("username"), "?"),
        Objects.requireNonNullElse(row.text("stmt"), ""));
  }
}
