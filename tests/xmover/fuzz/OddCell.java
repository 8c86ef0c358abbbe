package xmover.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Cells that no sound server tells, each of a type that a transport gives. */
final class OddCell {
  private OddCell() {}

  /** Anything, or something that differs from the sound cell somewhere within. */
  static Object of(Object sound, RandomGenerator random) {
    if (sound instanceof JsonObject object && !object.isEmpty() && random.nextInt(3) > 0) {
      return within(object.copy(), random);
    } else if (sound instanceof JsonArray array && !array.isEmpty() && random.nextInt(3) > 0) {
      List<Object> copy = new ArrayList<>();
      array.forEach(copy::add);
      int at = random.nextInt(copy.size());
      copy.set(at, random.nextInt(3) == 0 ? null : of(copy.get(at), random));
      return new JsonArray(copy);
    } else if (sound instanceof Long number && random.nextBoolean()) {
      return number + random.nextLong(-2, 3);
    }
    return any(random, 3);
  }

  @SuppressWarnings("unchecked") // JSON has no keys but text
  private static Object within(JsonObject object, RandomGenerator random) {
    List<String> keys = new ArrayList<>(object.fieldNames());
    String key = RandomText.one(random, keys);
    Object value = object.getMap().get(key);
    Object nested =
        value instanceof Map<?, ?> map ? new JsonObject((Map<String, Object>) map) : value;
    if (random.nextInt(5) == 0) {
      object.remove(key);
    } else {
      object.getMap().put(key, of(nested, random));
    }
    return object;
  }

  private static Object any(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 13 : 10)) {
      case 0 -> null;
      case 1 -> RandomText.one(random, List.of(-1L, 0L, 1L, Long.MIN_VALUE, Long.MAX_VALUE));
      case 2 -> random.nextLong();
      case 3 ->
          RandomText.one(
              random, List.of(Double.NaN, -0.0, 1e300, Double.NEGATIVE_INFINITY, 0.5, -3.5));
      case 4 -> random.nextBoolean();
      case 5 -> RandomText.any(random);
      case 6 -> RandomText.one(random, List.of("", "0", "0-all", "1", "STARTED", "UNASSIGNED"));
      case 7 -> RandomText.one(random, List.of("6.3.7", "99999999999.1", "5", "-1", "85%", "1kb"));
      case 8 -> random.nextLong(0, 1L << 40);
      case 9 -> RandomText.one(random, List.of("a", "b", "c", "peer recovery", "none", "all"));
      case 10 -> {
        var array = new ArrayList<Object>();
        for (int size = random.nextInt(4); size > 0; size--) {
          array.add(any(random, depth - 1));
        }
        yield new JsonArray(array);
      }
      default -> {
        var object = new JsonObject();
        for (int size = random.nextInt(4); size > 0; size--) {
          object.getMap().put(RandomText.any(random), any(random, depth - 1));
        }
        yield object;
      }
    };
  }
}
