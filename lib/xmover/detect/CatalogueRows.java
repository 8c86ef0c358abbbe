package xmover.detect;

import io.vertx.core.json.JsonArray;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Diagnosis;
import xmover.table.GivenUp;
import xmover.table.PartitionValues;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;

/**
 * Reads the rows of detection's statements into values. What a cell does not tell in the expected
 * form is unknown; a row that does not tell which table it is about is none.
 */
public final class CatalogueRows {
  /** No shard was written to that often; beyond it differences would not fit a long. */
  private static final long HIGHEST = 1L << 62;

  /** No name has it. */
  private static final String UNTOLD = "\0";

  private CatalogueRows() {}

  /**
   * A row of {@code DetectionSql.relations()} or of {@code relation(table)}; empty when it does not
   * tell of which table or partition.
   */
  public static Optional<Relation> relation(Row row) {
    return table(row).map(table -> relation(table, row));
  }

  private static Relation relation(TableRef table, Row row) {
    return new Relation(
        table,
        replicas(row.text("number_of_replicas")),
        row.bytes("flush_threshold").filter(threshold -> threshold.value() > 0),
        row.flag("closed"),
        row.flag("read_only") || row.flag("read_only_allow_delete"),
        row.flag("metadata_blocked"),
        Objects.requireNonNullElse(row.text("wait_for_active_shards"), ""),
        row.flag("alterable"),
        Optional.ofNullable(row.text("created_version")));
  }

  /**
   * A partition without its values is never taken for its table: an ALTER would change them all.
   */
  private static Optional<TableRef> table(Row row) {
    String schema = row.text("table_schema");
    String name = row.text("table_name");
    String ident = row.text("partition_ident");
    Map<String, Object> values = row.object("partition_values");
    if (schema == null || schema.isEmpty() || name == null || name.isEmpty() || ident == null) {
      return Optional.empty();
    }
    TableRef table = TableRef.of(schema, name);
    if (ident.isEmpty()) {
      return Optional.of(table);
    }
    return values == null || values.isEmpty()
        ? Optional.empty()
        : Optional.of(table.partition(new PartitionValues(ident, values)));
  }

  static ShardTotals totals(Row row) {
    return new ShardTotals(
        count(row, "primaries"),
        count(row, "replicas"),
        count(row, "problematic_replicas"),
        row.bytes("largest_replica_translog"),
        row.bytes("largest_primary_translog"),
        row.bytes("primary_bytes").orElse(Bytes.ZERO),
        count(row, "unreported"));
  }

  static ShardCopy shardCopy(Row row, TableRef table) {
    return new ShardCopy(
        table,
        count(row, "id"),
        row.flag("primary"),
        Objects.requireNonNullElse(row.text("state"), ""),
        Objects.requireNonNullElse(row.text("node_name"), ""),
        row.bytes("size").orElse(Bytes.ZERO),
        row.bytes("translog").orElse(Bytes.ZERO),
        row.bytes("uncommitted").orElse(Bytes.ZERO),
        count(row, "uncommitted_operations"),
        checkpoints(row),
        Optional.ofNullable(row.number("flushes")),
        Diagnosis.NONE);
  }

  static Optional<Checkpoints> checkpoints(Row row) {
    Long max = row.number("max_seq_no");
    Long local = row.number("local_checkpoint");
    Long global = row.number("global_checkpoint");
    return max == null || local == null || global == null || max > HIGHEST
        ? Optional.empty()
        : Optional.of(new Checkpoints(max, local, global));
  }

  /** A row of {@code Sql.unassigned(table)}; empty unless CrateDB gave the copy up. */
  static Optional<GivenUp> givenUp(Row row, TableRef table) {
    Long shard = row.number("shard_id");
    return shard == null
        ? Optional.empty()
        : GivenUp.of(table, shard, row.flag("primary"), texts(row.value("decisions")).toList());
  }

  /** Every text in a cell, however deep: the drivers nest arrays and objects each in their way. */
  private static Stream<String> texts(@Nullable Object cell) {
    if (cell instanceof String text) {
      return Stream.of(text);
    }
    Map<String, Object> entries = Row.entries(cell);
    Collection<?> parts =
        cell instanceof JsonArray array
            ? array.getList()
            : cell instanceof Collection<?> list ? list : entries.values();
    return parts.stream().flatMap(CatalogueRows::texts);
  }

  /** What tells a table or partition from all others. */
  public static List<String> key(TableRef table) {
    return List.of(table.schema(), table.name(), table.partitionIdent());
  }

  /**
   * The same of a row; that of no table where it is not told.
   *
   * @param schema the column with the schema
   */
  public static List<String> key(Row row, String schema) {
    return Stream.of(schema, "table_name", "partition_ident")
        .map(column -> Objects.requireNonNullElse(row.text(column), UNTOLD))
        .toList();
  }

  /** A setting in a form we do not know is no setting: unknown means do not touch. */
  private static Optional<ReplicaSetting> replicas(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(ReplicaSetting::new);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static long count(Row row, String column) {
    return Math.max(0, Objects.requireNonNullElse(row.number(column), 0L));
  }
}
