package xmover.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One partition: its ident, which is how {@code sys.shards} names it, and the value of each
 * partition column, typed as {@code table_partitions."values"} gives it; a NULL is {@code null}.
 */
public record PartitionValues(String ident, Map<String, Object> values) {
  public PartitionValues {
    Objects.requireNonNull(ident, "ident");
    if (ident.isEmpty() || values.isEmpty()) {
      throw new IllegalArgumentException("a partition has an ident and at least one value");
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The clause that names this partition in a statement: {@code PARTITION ("month" = 17, …)}. */
  public String clause() {
    return values.entrySet().stream()
        .map(e -> column(e.getKey()) + " = " + SqlText.literal(e.getValue()))
        .collect(Collectors.joining(", ", "PARTITION (", ")"));
  }

  /** Each column with its value, for people: {@code region=NULL}. */
  public List<String> pairs() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + (e.getValue() == null ? "NULL" : e.getValue()))
        .toList();
  }

  /** For people: {@code month=1704067200000,region=NULL}. */
  @Override
  public String toString() {
    return String.join(",", pairs());
  }

  /** {@code o['x']['y']}, as CrateDB prints a nested column, becomes {@code "o"['x']['y']}. */
  private static String column(String printed) {
    int nested = printed.endsWith("']") ? printed.indexOf("['") : -1;
    if (nested < 0) {
      return SqlText.identifier(printed);
    }
    List<String> path = new ArrayList<>();
    for (String key : printed.substring(nested + 2, printed.length() - 2).split("'\\]\\['", -1)) {
      path.add("[" + SqlText.text(key) + "]");
    }
    return SqlText.identifier(printed.substring(0, nested)) + String.join("", path);
  }
}
