package xmover.journal;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.Row;
import xmover.reset.JournalEntry;
import xmover.reset.ResetState;
import xmover.reset.RestoreOutcome;
import xmover.reset.RunIdentity;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * An entry as a row in the cluster. Instants are text, which keeps what a timestamp would round
 * off; partition values are JSON, which keeps their types.
 */
record JournalRow(JournalEntry entry, Instant begun) {
  /** What this version writes, and the newest it reads. */
  static final long FORMAT = 1;

  static JournalRow of(JournalEntry entry) {
    return new JournalRow(entry, entry.at());
  }

  /** In the order in which they are written; nothing is NULL. */
  List<Object> cells() {
    TableRef table = entry.table();
    return List.of(
        table.schema(),
        table.name(),
        table.partitionIdent(),
        FORMAT,
        table.partition().map(p -> new JsonObject(p.values()).encode()).orElse(""),
        entry.original().text(),
        entry.primaries(),
        entry.state().name(),
        entry.restore().map(RestoreOutcome::name).orElse(""),
        entry.run().runId(),
        entry.run().user(),
        entry.run().host(),
        entry.run().started().toString(),
        entry.at().toString());
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
    String restore = text(row, "restore");
    return new JournalEntry(
        run(row),
        table(row),
        new ReplicaSetting(text(row, "number_of_replicas")),
        Objects.requireNonNull(row.number("primaries"), "primaries"),
        ResetState.valueOf(text(row, "state")),
        restore.isEmpty() ? Optional.empty() : Optional.of(RestoreOutcome.valueOf(restore)),
        Instant.parse(text(row, "written")));
  }

  static TableRef table(Row row) {
    var table = TableRef.of(text(row, "table_schema"), text(row, "table_name"));
    String ident = text(row, "partition_ident");
    return ident.isEmpty()
        ? table
        : table.partition(
            new PartitionValues(ident, new JsonObject(text(row, "partition_values")).getMap()));
  }

  static String text(Row row, String column) {
    return Objects.requireNonNull(row.text(column), column);
  }
}
