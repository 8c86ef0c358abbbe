package xmover.journal.table;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.Row;
import xmover.journal.JournalFailure;
import xmover.journal.RowKey;
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

/**
 * An entry as a row in the cluster. Instants are text, which keeps what a timestamp would round
 * off; partition values are JSON, which keeps their types.
 */
record JournalRow(JournalEntry entry, Instant begun) {
  /**
   * What this version writes, and the newest it reads: since 3 a row says which cluster and which
   * index it is about.
   */
  static final long FORMAT = 3;

  /** How many cells a row has had from the first version on. */
  static final int CELLS_AS_EVER = 14;

  /** The format of those. */
  private static final long FORMAT_AS_EVER = 1;

  static JournalRow of(JournalEntry entry) {
    return new JournalRow(entry, entry.at());
  }

  /** In the order in which they are written; nothing is NULL. */
  List<Object> cells() {
    RowKey key = RowKey.of(entry);
    return List.of(
        key.schema(),
        key.table(),
        key.partitionIdent(),
        FORMAT,
        entry.table().partition().map(p -> new JsonObject(p.values()).encode()).orElse(""),
        entry.original().text(),
        entry.primaries(),
        entry.state().name(),
        entry.restore().map(RestoreOutcome::name).orElse(""),
        entry.run().runId(),
        entry.run().user(),
        entry.run().host(),
        entry.run().started().toString(),
        entry.at().toString(),
        entry.identity().map(TableIdentity::clusterId).orElse(""),
        entry.identity().map(identity -> identity.uuid().text()).orElse(""),
        entry.ends().interim().map(ReplicaSetting::text).orElse(""),
        entry.ends().missingSince().map(Instant::toString).orElse(""),
        entry.since().toString(),
        entry.ends().late() ? "true" : "",
        entry.ends().strayText().orElse(""));
  }

  /** As older versions wrote it: all there is to say of an entry that one of them began. */
  List<Object> cellsAsEver() {
    List<Object> cells = new ArrayList<>(cells().subList(0, CELLS_AS_EVER));
    cells.set(3, FORMAT_AS_EVER);
    return cells;
  }

  /** Fails with a {@link JournalFailure} for a row that another version wrote. */
  static JournalRow read(Row row, TableRef journal) {
    return read(
        row,
        journal,
        FORMAT,
        cells -> new JournalRow(entry(cells), Instant.parse(text(cells, "begun"))));
  }

  /** Reads a row of a format this version knows, whatever it holds. */
  static <T> T read(Row row, TableRef journal, long newest, Function<Row, T> reading) {
    Long format = row.number("format");
    if (format == null || format > newest) {
      throw new JournalFailure(
          ("%s in the cluster was written by a newer version of XMover (format %s, this one reads"
                  + " %d). Use that version")
              .formatted(journal.fullName(), format, newest));
    }
    try {
      return reading.apply(row);
    } catch (RuntimeException unreadable) {
      throw new JournalFailure(
          "a row of %s in the cluster can't be read (%s): %s. Put it right by hand, or remove it"
              .formatted(journal.fullName(), unreadable.getMessage(), row),
          unreadable);
    }
  }

  /** Who wrote a row. */
  static RunIdentity run(Row row) {
    return new RunIdentity(
        text(row, "run_id"),
        text(row, "started_by"),
        text(row, "host"),
        Instant.parse(text(row, "started")));
  }

  private static JournalEntry entry(Row row) {
    Instant written = Instant.parse(text(row, "written"));
    TableRef table = table(row);
    return new JournalEntry(
        run(row),
        table,
        identity(row),
        new ReplicaSetting(text(row, "number_of_replicas")),
        Objects.requireNonNull(row.number("primaries"), "primaries"),
        ResetState.valueOf(text(row, "state")),
        optional(row, "restore").map(RestoreOutcome::valueOf),
        OpenEnds.of(
            optional(row, "late").isPresent(),
            optional(row, "interim").map(ReplicaSetting::new),
            optional(row, "missing_since").map(Instant::parse),
            table,
            optional(row, "stray")),
        optional(row, "since").map(Instant::parse).orElse(written),
        written);
  }

  private static Optional<TableIdentity> identity(Row row) {
    return optional(row, "cluster_id")
        .flatMap(
            cluster ->
                optional(row, "index_uuid")
                    .map(uuid -> new TableIdentity(cluster, new IndexUuid(uuid))));
  }

  /** Rows of older versions lack some columns, and those of this one write no NULL. */
  static Optional<String> optional(Row row, String column) {
    return row.has(column)
        ? Optional.ofNullable(row.text(column)).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  static TableRef table(Row row) {
    var table = TableRef.of(text(row, "table_schema"), text(row, "table_name"));
    String ident = RowKey.ident(text(row, "partition_ident"));
    return ident.isEmpty()
        ? table
        : table.partition(
            new PartitionValues(ident, new JsonObject(text(row, "partition_values")).getMap()));
  }

  static String text(Row row, String column) {
    return Objects.requireNonNull(row.text(column), column);
  }
}
