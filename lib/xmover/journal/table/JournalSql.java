package xmover.journal.table;

import java.util.List;
import java.util.stream.Stream;
import xmover.cluster.Statement;
import xmover.journal.RowKey;
import xmover.table.TableRef;

/**
 * The statements about the rows of a journal in the cluster: one row for each table, and one for
 * rebalancing.
 */
final class JournalSql {
  static final String COLUMNS =
      """
      format BIGINT, table_schema TEXT, table_name TEXT, partition_ident TEXT,
        partition_values TEXT, number_of_replicas TEXT, primaries BIGINT, state TEXT, restore TEXT,
        run_id TEXT, started_by TEXT, host TEXT, started TEXT, written TEXT, begun TEXT,
        PRIMARY KEY (table_schema, table_name, partition_ident)\
      """;

  /** Since format 3. */
  static final List<OwnTable.Column> LATER =
      Stream.of("cluster_id", "index_uuid", "interim", "missing_since", "since", "late", "stray")
          .map(name -> new OwnTable.Column(name, "TEXT"))
          .toList();

  /** For what older versions write as well, and for tables that lack the later columns. */
  private static final String PUT_AS_EVER =
      """
      INSERT INTO %s (table_schema, table_name, partition_ident, format, partition_values,
        number_of_replicas, primaries, state, restore, run_id, started_by, host, started, written,
        begun)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
      ON CONFLICT (table_schema, table_name, partition_ident) DO UPDATE SET
        format = excluded.format, partition_values = excluded.partition_values,
        number_of_replicas = excluded.number_of_replicas, primaries = excluded.primaries,
        state = excluded.state, restore = excluded.restore, run_id = excluded.run_id,
        started_by = excluded.started_by, host = excluded.host, started = excluded.started,
        written = excluded.written\
      """;

  private static final String PUT =
      """
      INSERT INTO %s (table_schema, table_name, partition_ident, format, partition_values,
        number_of_replicas, primaries, state, restore, run_id, started_by, host, started, written,
        begun, cluster_id, index_uuid, interim, missing_since, since, late, stray)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16, $17, $18,
        $19, $20, $21)
      ON CONFLICT (table_schema, table_name, partition_ident) DO UPDATE SET
        format = excluded.format, partition_values = excluded.partition_values,
        number_of_replicas = excluded.number_of_replicas, primaries = excluded.primaries,
        state = excluded.state, restore = excluded.restore, run_id = excluded.run_id,
        started_by = excluded.started_by, host = excluded.host, started = excluded.started,
        written = excluded.written, cluster_id = excluded.cluster_id,
        index_uuid = excluded.index_uuid, interim = excluded.interim,
        missing_since = excluded.missing_since, since = excluded.since,
        late = excluded.late, stray = excluded.stray\
      """;

  private static final String OF_TABLE =
      " WHERE table_schema = $1 AND table_name = $2 AND partition_ident = $3";

  private final String journal;

  JournalSql(TableRef journal) {
    this.journal = journal.sqlName();
  }

  /** Writes a row instead of the one with its key, but for when it was begun. */
  Statement put(List<Object> cells) {
    String put = cells.size() == JournalRow.CELLS_AS_EVER ? PUT_AS_EVER : PUT;
    return Statement.write(put.formatted(journal), cells.toArray());
  }

  /** Which run wrote a row, and which version of it this is; found without refresh. */
  Statement writer(RowKey key) {
    return Statement.read(
        "SELECT run_id, _seq_no, _primary_term FROM " + journal + OF_TABLE, key.cells().toArray());
  }

  /** Removes a row, unless it has changed since. */
  Statement remove(RowKey key, long seqNo, long primaryTerm) {
    return Statement.write(
        "DELETE FROM " + journal + OF_TABLE + " AND _seq_no = $4 AND _primary_term = $5",
        key.schema(),
        key.table(),
        key.partitionIdent(),
        seqNo,
        primaryTerm);
  }

  /** Every row, as of the last refresh. */
  Statement all() {
    // A newer version may have other columns, but always says which version it is.
    return Statement.read("SELECT * FROM " + journal);
  }
}
