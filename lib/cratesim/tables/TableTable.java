package cratesim.tables;

import cratesim.model.SettingValue;
import cratesim.model.SimTable;
import cratesim.model.TableSettings;
import cratesim.sql.Attribute;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code information_schema.tables}: tables a user may see, and the system's own. */
final class TableTable {
  /** A row; system tables have no shards and so no settings. */
  private record Listed(String schema, String name, @Nullable SimTable table) {}

  private static final Collection<Attribute> COLUMNS = columns();

  private TableTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    return new SqlRelation(COLUMNS, new Listing(view));
  }

  private static Collection<Attribute> columns() {
    return new Attributes<Listed>()
        .text("table_schema", Listed::schema)
        .text("table_name", Listed::name)
        .text("table_catalog", row -> "crate")
        .text("table_type", row -> "BASE TABLE")
        .integer("number_of_shards", of(SimTable::numberOfShards))
        .text("number_of_replicas", of(table -> table.settings().replicas()))
        .text("clustered_by", of(table -> table.isBlob() ? "digest" : "_id"))
        .texts("partitioned_by", of(t -> t.isPartitioned() ? t.partitionedBy() : null))
        .text("blobs_path", of(table -> table.isBlob() ? "/data/blobs" : null))
        .text("column_policy", row -> "strict")
        .text("routing_hash_function", of(table -> "Murmur3"))
        .objectWhere("version", Listed::table, TableTable::version)
        .bool("closed", of(SimTable::isClosed))
        .text("reference_generation", row -> "SYSTEM GENERATED")
        .text("self_referencing_column_name", of(table -> "_id"))
        .objectWhere("settings", Listed::table, TableTable::settings)
        .list();
  }

  /** A cell that only tables with shards have. */
  private interface OfTable {
    @Nullable Object of(SimTable table);
  }

  private static Attributes.Cell<Listed> of(OfTable cell) {
    return row -> row.table == null ? null : cell.of(row.table);
  }

  private static void version(Attributes<Listed> version) {
    version.text("created", of(SimTable::createdIn)).text("upgraded", of(table -> null));
  }

  private static void settings(Attributes<Listed> settings) {
    SettingValue.add(
        settings,
        TableSettings.defaults(),
        (row, name) -> row.table == null ? null : row.table.settings().value(name));
  }

  /** The tables a user sees; a single one is found without looking at the others. */
  private record Listing(SystemCatalog.View view) implements SqlRelation.Rows {
    @Override
    public Iterable<?> get() {
      return rows(view);
    }

    @Override
    public Iterable<?> where(Map<String, Object> values) {
      Object schema = values.get("table_schema");
      Object name = values.get("table_name");
      SimTable table =
          schema == null || name == null
              ? null
              : view.cluster().table(schema.toString(), name.toString());
      if (table == null) {
        return get();
      }
      return view.sees(table)
          ? List.of(new Listed(table.schema(), table.name(), table))
          : List.of();
    }
  }

  private static List<Listed> rows(SystemCatalog.View view) {
    List<Listed> rows = new ArrayList<>();
    for (String schema : List.of(SystemCatalog.INFORMATION_SCHEMA, SystemCatalog.SYS)) {
      for (String name : SystemCatalog.names(schema, view.cluster().version())) {
        if (view.access().sees(view.user(), schema, name)) {
          rows.add(new Listed(schema, name, null));
        }
      }
    }
    view.tables().forEach(table -> rows.add(new Listed(table.schema(), table.name(), table)));
    return rows;
  }
}
