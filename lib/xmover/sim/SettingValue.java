package xmover.sim;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xmover.sim.SqlAnswer.ColumnType;
import xmover.sim.sql.Attributes;
import xmover.sim.sql.Errors;

/** Settings with dotted names: how their values are read, and how a column shows them nested. */
final class SettingValue {
  /** Finds the value of a setting for a row. */
  interface Lookup<R> {
    @Nullable Object of(R row, String name);
  }

  private SettingValue() {}

  /** The value as the type of the setting's default wants it. */
  static Object typed(String name, String text, @Nullable Object standard) throws SqlError {
    try {
      if (standard instanceof Integer) {
        return Integer.valueOf(text);
      }
      if (standard instanceof Long) {
        return Long.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw Errors.invalid("Failed to parse value [" + text + "] for setting [" + name + "]");
    }
    if (standard instanceof Boolean && !text.equals("true") && !text.equals("false")) {
      throw Errors.invalid("Cannot cast `'" + text + "'` of type `text` to type `boolean`");
    }
    return standard instanceof Boolean ? (Object) Boolean.valueOf(text) : text;
  }

  /** Adds a column for each setting; each part of a dotted name is an object of its own. */
  static <R> void add(Attributes<R> object, Map<String, Object> defaults, Lookup<R> lookup) {
    addBelow(object, "", defaults, lookup);
  }

  private static <R> void addBelow(
      Attributes<R> object, String prefix, Map<String, Object> defaults, Lookup<R> lookup) {
    var children = new TreeMap<String, String>();
    for (String name : defaults.keySet()) {
      if (name.startsWith(prefix)) {
        int dot = name.indexOf('.', prefix.length());
        String child = name.substring(prefix.length(), dot < 0 ? name.length() : dot);
        children.put(child, prefix + child);
      }
    }
    children.forEach(
        (child, name) -> {
          Object standard = defaults.get(name);
          if (standard == null) {
            object.object(child, inner -> addBelow(inner, name + ".", defaults, lookup));
          } else {
            object.plain(child, typeOf(standard), row -> lookup.of(row, name));
          }
        });
  }

  private static ColumnType typeOf(Object value) {
    if (value instanceof Boolean) {
      return ColumnType.BOOLEAN;
    }
    if (value instanceof Long) {
      return ColumnType.BIGINT;
    }
    return value instanceof Integer ? ColumnType.INTEGER : ColumnType.TEXT;
  }
}
