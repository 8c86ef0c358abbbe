package xmover.cluster.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;

/**
 * A row in the one form both transports agree on: text, Boolean, Long, Double, JsonObject,
 * JsonArray; a timestamp is its epoch milliseconds.
 */
public final class AnswerRow implements Row {
  private final Map<String, Integer> positions;
  private final @Nullable Object[] cells;

  private AnswerRow(Map<String, Integer> positions, @Nullable Object[] cells) {
    this.positions = positions;
    this.cells = cells;
  }

  /** Shared by all rows of an answer. */
  public static Map<String, Integer> positions(List<String> columns) {
    var positions = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < columns.size(); i++) {
      positions.put(columns.get(i), i);
    }
    return positions;
  }

  /** The cells are taken over, brought into the common form. */
  public static AnswerRow of(Map<String, Integer> positions, @Nullable Object[] cells) {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = common(cells[i]);
    }
    return new AnswerRow(positions, cells);
  }

  @Override
  public @Nullable Object value(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("no column '" + column + "' in " + positions.keySet());
    }
    return cells[position];
  }

  @Override
  public boolean has(String column) {
    return positions.containsKey(column);
  }

  @SuppressWarnings("unchecked") // JSON has no keys but text
  private static @Nullable Object common(@Nullable Object cell) {
    if (cell instanceof Float number) {
      // Through text, so that 0.1 stays 0.1 as in JSON.
      return Double.valueOf(number.toString());
    } else if (cell instanceof Double || cell instanceof Long) {
      return cell;
    } else if (cell instanceof Integer || cell instanceof Short || cell instanceof Byte) {
      return ((Number) cell).longValue();
    } else if (cell instanceof Number number) {
      return number.doubleValue();
    } else if (cell instanceof OffsetDateTime time) {
      return time.toInstant().toEpochMilli();
    } else if (cell instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    } else if (cell instanceof Map<?, ?> map) {
      return new JsonObject((Map<String, Object>) map);
    } else if (cell instanceof List<?> list) {
      return array(list);
    } else if (cell instanceof Object[] elements) {
      return array(Arrays.asList(elements));
    }
    return cell;
  }

  private static JsonArray array(List<?> elements) {
    var array = new JsonArray();
    elements.forEach(element -> array.add(common(element)));
    return array;
  }

  @Override
  public String toString() {
    return positions.keySet() + "=" + Arrays.toString(cells);
  }
}
