package xmover.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.table.Bytes;

/**
 * One row of an answer, read by column name; the same value whichever transport brought it. NULL is
 * {@code null} everywhere: unassigned shards have no statistics. A cell of another type than is
 * asked for is unknown, like NULL: one odd value must not fail a whole look.
 */
@FunctionalInterface
public interface Row {
  /** 8 PB. Sums of a thousand such amounts still fit a long. */
  long LARGEST = 1L << 53;

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

  /** The first row of an answer that always has one; fails with a sentence where it has none. */
  static Row first(List<Row> rows, String relation) {
    if (rows.isEmpty()) {
      throw new ClusterFailure(
          ClusterFailure.Kind.SERVER, relation + " answers without a row", null, null);
    }
    return rows.get(0);
  }

  /** A text cell. */
  default @Nullable String text(String column) {
    return value(column) instanceof String text ? text : null;
  }

  /** A numeric cell, whatever its width. */
  default @Nullable Long number(String column) {
    return value(column) instanceof Number number ? (Long) number.longValue() : null;
  }

  /** An amount of data; empty when it is NULL, negative, or more than any disk holds. */
  default Optional<Bytes> bytes(String column) {
    return Optional.ofNullable(number(column))
        .filter(amount -> amount >= 0 && amount <= LARGEST)
        .map(Bytes::new);
  }

  /** A boolean cell; NULL counts as false. */
  default boolean flag(String column) {
    return Boolean.TRUE.equals(value(column));
  }

  /** An array of text; NULL is an empty list. */
  default List<String> texts(String column) {
    Object cell = value(column);
    List<?> elements =
        cell instanceof JsonArray array
            ? array.getList()
            : cell instanceof Object[] objects ? Arrays.asList(objects) : List.of();
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
