package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in cells: which type they have, how they compare, how they are cast. */
final class Cells {
  private static final Map<String, ColumnType> TYPES =
      Map.ofEntries(
          Map.entry("text", ColumnType.TEXT),
          Map.entry("string", ColumnType.TEXT),
          Map.entry("varchar", ColumnType.TEXT),
          Map.entry("name", ColumnType.TEXT),
          Map.entry("boolean", ColumnType.BOOLEAN),
          Map.entry("bool", ColumnType.BOOLEAN),
          Map.entry("smallint", ColumnType.SMALLINT),
          Map.entry("integer", ColumnType.INTEGER),
          Map.entry("int", ColumnType.INTEGER),
          Map.entry("int4", ColumnType.INTEGER),
          Map.entry("bigint", ColumnType.BIGINT),
          Map.entry("long", ColumnType.BIGINT),
          Map.entry("int8", ColumnType.BIGINT),
          Map.entry("real", ColumnType.REAL),
          Map.entry("float", ColumnType.REAL),
          Map.entry("double", ColumnType.DOUBLE),
          Map.entry("numeric", ColumnType.DOUBLE),
          Map.entry("timestamp", ColumnType.TIMESTAMP),
          Map.entry("timestamptz", ColumnType.TIMESTAMP),
          Map.entry("timestamp with time zone", ColumnType.TIMESTAMP),
          Map.entry("object", ColumnType.OBJECT));

  private Cells() {}

  /** The type of that name, null when there is none. */
  static @Nullable ColumnType typeNamed(String name) {
    return TYPES.get(name);
  }

  static ColumnType typeOf(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return arrayOf(list.isEmpty() ? ColumnType.TEXT : typeOf(list.get(0)));
    }
    if (value instanceof Boolean) {
      return ColumnType.BOOLEAN;
    }
    if (value instanceof Double || value instanceof Float) {
      return ColumnType.DOUBLE;
    }
    if (value instanceof Number) {
      return value instanceof Integer ? ColumnType.INTEGER : ColumnType.BIGINT;
    }
    return value instanceof Map ? ColumnType.OBJECT : ColumnType.TEXT;
  }

  static ColumnType arrayOf(ColumnType element) {
    return switch (element) {
      case SMALLINT, INTEGER, BIGINT, TIMESTAMP, REAL, DOUBLE, BIGINT_ARRAY ->
          ColumnType.BIGINT_ARRAY;
      case OBJECT, OBJECT_ARRAY -> ColumnType.OBJECT_ARRAY;
      default -> ColumnType.TEXT_ARRAY;
    };
  }

  static boolean isFraction(ColumnType type) {
    return type == ColumnType.REAL || type == ColumnType.DOUBLE;
  }

  /** Orders two values that are not NULL; text that stands for a number compares as one. */
  static int compare(Object a, Object b) throws SqlError {
    if (a instanceof Number x) {
      return compareNumbers(x, b instanceof Number y ? y : number(b));
    }
    if (b instanceof Number y) {
      return compareNumbers(number(a), y);
    }
    if (a instanceof Boolean || b instanceof Boolean) {
      return Boolean.compare(bool(a), bool(b));
    }
    return a.equals(b) ? 0 : text(a).compareTo(text(b));
  }

  private static int compareNumbers(Number a, Number b) {
    return a instanceof Double || b instanceof Double || a instanceof Float || b instanceof Float
        ? Double.compare(a.doubleValue(), b.doubleValue())
        : Long.compare(a.longValue(), b.longValue());
  }

  static @Nullable Object cast(@Nullable Object value, ColumnType type) throws SqlError {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case TEXT -> text(value);
      case BOOLEAN -> bool(value);
      case SMALLINT, INTEGER -> (Object) number(value).intValue();
      case BIGINT, TIMESTAMP -> (Object) number(value).longValue();
      case REAL -> (Object) number(value).floatValue();
      case DOUBLE -> (Object) number(value).doubleValue();
      case OBJECT, TEXT_ARRAY, BIGINT_ARRAY, OBJECT_ARRAY -> value;
    };
  }

  static Number number(Object value) throws SqlError {
    try {
      if (value instanceof Number number) {
        return number;
      }
      String text = text(value).trim();
      if (text.contains(".")) {
        return Double.valueOf(text);
      }
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw Errors.invalid("Cannot cast `'" + value + "'` of type `text` to type `bigint`");
    }
  }

  static boolean bool(Object value) throws SqlError {
    if (value instanceof Boolean bool) {
      return bool;
    }
    return switch (text(value).toLowerCase(Locale.ROOT)) {
      case "t", "true", "1" -> true;
      case "f", "false", "0" -> false;
      default ->
          throw Errors.invalid("Cannot cast `'" + value + "'` of type `text` to type `boolean`");
    };
  }

  static String text(Object value) {
    return value.toString();
  }
}
