package cratesim.tables;

import cratesim.model.SimTable;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.sql.Attribute;
import cratesim.sql.Attributes;
import cratesim.sql.RowTable;
import cratesim.sql.SqlRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code information_schema.columns}: those of system tables and of tables that a statement
 * created; of a scenario's tables only what they are partitioned by.
 */
final class ColumnTable {
  private record Listed(String schema, String table, String name, int position, String type) {}

  private ColumnTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    var attributes =
        new Attributes<Listed>()
            .text("table_schema", Listed::schema)
            .text("table_name", Listed::table)
            .text("table_catalog", column -> "crate")
            .text("column_name", Listed::name)
            .integer("ordinal_position", Listed::position)
            .text("data_type", Listed::type)
            .integer("character_maximum_length", column -> null)
            .text("is_generated", column -> "NEVER")
            .text("is_nullable", column -> "YES");
    return new SqlRelation(attributes.list(), () -> rows(view));
  }

  private static List<Listed> rows(SystemCatalog.View view) {
    List<Listed> rows = new ArrayList<>();
    for (String schema : List.of(SystemCatalog.INFORMATION_SCHEMA, SystemCatalog.SYS)) {
      for (String table : SystemCatalog.names(schema, view.cluster().version())) {
        int position = 1;
        if (!view.access().sees(view.user(), schema, table)) {
          continue;
        }
        for (Attribute a : SystemCatalog.relation(view, schema, table).attributes()) {
          rows.add(new Listed(schema, table, a.name(), position++, type(a.type())));
        }
      }
    }
    view.tables().forEach(table -> addColumns(rows, table));
    return rows;
  }

  private static void addColumns(List<Listed> rows, SimTable table) {
    int position = 1;
    for (RowTable.Column column : table.columns()) {
      String type = type(column.type());
      rows.add(new Listed(table.schema(), table.name(), column.name(), position++, type));
    }
    if (position == 1) {
      for (String column : table.partitionedBy()) {
        rows.add(new Listed(table.schema(), table.name(), column, position++, "text"));
      }
    }
  }

  private static String type(ColumnType type) {
    return type == ColumnType.TIMESTAMP
        ? "timestamp with time zone"
        : type.name().toLowerCase(Locale.ROOT);
  }
}
