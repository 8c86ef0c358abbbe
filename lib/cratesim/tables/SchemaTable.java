package cratesim.tables;

import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code information_schema.schemata}. */
final class SchemaTable {
  private SchemaTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    var attributes =
        new Attributes<String>()
            .text("schema_name", name -> name)
            .text("catalog_name", name -> "crate");
    return new SqlRelation(attributes.list(), () -> names(view));
  }

  private static Set<String> names(SystemCatalog.View view) {
    var names = new TreeSet<>(List.of("blob", "doc", "information_schema", "pg_catalog", "sys"));
    names.removeIf(schema -> !view.access().sees(view.user(), schema, ""));
    view.tables().forEach(table -> names.add(table.schema()));
    return names;
  }
}
