package xmover.sim;

import java.util.List;
import java.util.TreeMap;
import xmover.sim.SqlAnswer.ColumnType;
import xmover.sim.sql.Attributes;
import xmover.sim.sql.Relation;

/** {@code sys.cluster}: one row, with the settings in force. */
final class ClusterTable {
  private ClusterTable() {}

  static Relation relation(SystemCatalog.View view) {
    var attributes =
        new Attributes<ClusterModel>()
            .text("id", ClusterModel::id)
            .text("name", ClusterModel::name)
            .text("master_node", cluster -> cluster.members().get(0).id())
            .object("settings", settings -> addBelow(settings, ""));
    return new Relation(attributes.list(), () -> List.of(view.cluster()));
  }

  /** Each part of a setting's dotted name is an object inside the one before. */
  private static void addBelow(Attributes<ClusterModel> object, String prefix) {
    var children = new TreeMap<String, String>();
    for (String name : ClusterSettings.defaults().keySet()) {
      if (name.startsWith(prefix)) {
        int dot = name.indexOf('.', prefix.length());
        String child = name.substring(prefix.length(), dot < 0 ? name.length() : dot);
        children.put(child, prefix + child);
      }
    }
    children.forEach((child, name) -> add(object, child, name));
  }

  private static void add(Attributes<ClusterModel> object, String child, String name) {
    Object standard = ClusterSettings.defaults().get(name);
    if (standard == null) {
      object.object(child, inner -> addBelow(inner, name + "."));
    } else {
      object.plain(child, typeOf(standard), cluster -> cluster.settings().value(name));
    }
  }

  private static ColumnType typeOf(Object value) {
    return value instanceof Integer
        ? ColumnType.INTEGER
        : value instanceof Boolean ? ColumnType.BOOLEAN : ColumnType.TEXT;
  }
}
