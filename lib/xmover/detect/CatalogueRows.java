package xmover.detect;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Diagnosis;
import xmover.table.PartitionValues;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;

/** Reads the rows of detection's statements into values. */
public final class CatalogueRows {
  private CatalogueRows() {}

  /** A row of {@code DetectionSql.relations()} or of {@code relation(table)}. */
  public static Relation relation(Row row) {
    TableRef table = TableRef.of(required(row, "table_schema"), required(row, "table_name"));
    Map<String, Object> values = row.object("partition_values");
    return new Relation(
        values == null
            ? table
            : table.partition(new PartitionValues(required(row, "partition_ident"), values)),
        replicas(row.text("number_of_replicas")),
        bytes(row, "flush_threshold"),
        row.flag("closed"),
        row.flag("read_only") || row.flag("read_only_allow_delete"),
        row.flag("metadata_blocked"),
        Objects.requireNonNullElse(row.text("wait_for_active_shards"), ""),
        row.flag("alterable"),
        Optional.ofNullable(row.text("created_version")));
  }

  static ShardTotals totals(Row row) {
    return new ShardTotals(
        count(row, "primaries"),
        count(row, "replicas"),
        count(row, "problematic_replicas"),
        bytes(row, "largest_replica_translog"),
        bytes(row, "largest_primary_translog"),
        bytes(row, "primary_bytes").orElse(Bytes.ZERO),
        count(row, "unreported"));
  }

  static ShardCopy shardCopy(Row row, TableRef table) {
    return new ShardCopy(
        table,
        count(row, "id"),
        row.flag("primary"),
        Objects.requireNonNullElse(row.text("state"), ""),
        Objects.requireNonNullElse(row.text("node_name"), ""),
        bytes(row, "size").orElse(Bytes.ZERO),
        bytes(row, "translog").orElse(Bytes.ZERO),
        bytes(row, "uncommitted").orElse(Bytes.ZERO),
        count(row, "uncommitted_operations"),
        checkpoints(row),
        Optional.ofNullable(row.number("flushes")),
        Diagnosis.NONE);
  }

  private static Optional<Checkpoints> checkpoints(Row row) {
    Long max = row.number("max_seq_no");
    Long local = row.number("local_checkpoint");
    Long global = row.number("global_checkpoint");
    return max == null || local == null || global == null
        ? Optional.empty()
        : Optional.of(new Checkpoints(max, local, global));
  }

  static String required(Row row, String column) {
    return Objects.requireNonNull(row.text(column), column);
  }

  /** A setting in a form we do not know is no setting: unknown means do not touch. */
  private static Optional<ReplicaSetting> replicas(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(ReplicaSetting::new);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<Bytes> bytes(Row row, String column) {
    return Optional.ofNullable(row.number(column)).map(Bytes::new);
  }

  private static long count(Row row, String column) {
    return Objects.requireNonNullElse(row.number(column), 0L);
  }
}
