package xmover.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of an answer, read by column name; the same value whichever transport brought it. NULL is
 * {@code null} everywhere: unassigned shards have no statistics.
 */
@FunctionalInterface
public interface Row {
  /** The cell as the transport decoded it. An unknown column is a bug and throws. */
  @Nullable Object value(String column);

  /** Whether the answer has such a column, which not every version of a table does. */
  default boolean has(String column) {
    try {
      value(column);
      return true;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  /** A text cell. */
  default @Nullable String text(String column) {
    return (String) value(column);
  }

  /** A numeric cell, whatever its width. */
  default @Nullable Long number(String column) {
    return value(column) instanceof Number number ? (Long) number.longValue() : null;
  }

  /** A boolean cell; NULL counts as false. */
  default boolean flag(String column) {
    return Boolean.TRUE.equals(value(column));
  }

  /** An array of text; NULL is an empty list. */
  default List<String> texts(String column) {
    Object cell = value(column);
    if (cell == null) {
      return List.of();
    }
    List<?> elements =
        cell instanceof JsonArray array ? array.getList() : Arrays.asList((Object[]) cell);
    return elements.stream().map(String::valueOf).toList();
  }

  /** An object; NULL is {@code null}. */
  default @Nullable Map<String, Object> object(String column) {
    return value(column) instanceof JsonObject object ? object.getMap() : null;
  }

  /** The entries of an object within an object; anything else has none. */
  @SuppressWarnings("unchecked") // JSON has no keys but text
  static Map<String, Object> entries(@Nullable Object cell) {
    if (cell instanceof JsonObject object) {
      return object.getMap();
    }
    return cell instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
