package xmover.journal.table;

import java.time.Instant;
import java.util.List;
import xmover.cluster.Row;
import xmover.journal.JournalFailure;
import xmover.journal.RowKey;
import xmover.reset.RebalanceHold;
import xmover.table.TableRef;

/**
 * A hold on rebalancing as a row among those of the tables, in the columns they have had from the
 * first version on. Its format is newer: a version that knows no holds refuses it instead of taking
 * it for a table.
 */
final class HoldRow {
  /** The first format with holds. */
  private static final long FORMAT = 2;

  private HoldRow() {}

  /** In the order in which they are written; nothing is NULL. */
  static List<Object> cells(RebalanceHold hold) {
    return List.of(
        RowKey.REBALANCING.schema(),
        RowKey.REBALANCING.table(),
        RowKey.REBALANCING.partitionIdent(),
        FORMAT,
        "",
        hold.original(),
        0L,
        "HELD",
        "",
        hold.run().runId(),
        hold.run().user(),
        hold.run().host(),
        hold.run().started().toString(),
        hold.at().toString());
  }

  /** Fails with a {@link JournalFailure} for a row that another version wrote. */
  static RebalanceHold read(Row row, TableRef journal) {
    return JournalRow.read(
        row,
        journal,
        FORMAT,
        cells ->
            new RebalanceHold(
                JournalRow.run(cells),
                JournalRow.text(cells, "number_of_replicas"),
                Instant.parse(JournalRow.text(cells, "written"))));
  }
}
