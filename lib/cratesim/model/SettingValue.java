package cratesim.model;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.sql.Attributes;
import cratesim.sql.Errors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings with dotted names: how their values are read, and how a column shows them nested. */
public final class SettingValue {
  /** Finds the value of a setting for a row. */
  public interface Lookup<R> {
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
    if (standard instanceof List) {
      return Pattern.compile(",")
          .splitAsStream(text)
          .map(String::strip)
          .filter(Predicate.not(String::isEmpty))
          .toList();
    }
    if (standard instanceof Boolean && !text.equals("true") && !text.equals("false")) {
      throw Errors.invalid("Cannot cast `'" + text + "'` of type `text` to type `boolean`");
    }
    return standard instanceof Boolean ? (Object) Boolean.valueOf(text) : text;
  }

  /** A number of shards a node that a setting limits; -1 stands for any number. */
  static void checkLimit(String name, String limit, Object typed) throws SqlError {
    if (name.equals(limit) && typed instanceof Integer shards && shards < -1) {
      throw Errors.invalid(
          "Failed to parse value [" + shards + "] for setting [" + name + "] must be >= -1");
    }
  }

  /** Adds a column for each setting; each part of a dotted name is an object of its own. */
  public static <R> void add(Attributes<R> object, Map<String, Object> defaults, Lookup<R> lookup) {
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
          } else if (standard instanceof Map) {
            object.open(child, row -> lookup.of(row, name));
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
    if (value instanceof List) {
      return ColumnType.TEXT_ARRAY;
    }
    return value instanceof Integer ? ColumnType.INTEGER : ColumnType.TEXT;
  }
}
