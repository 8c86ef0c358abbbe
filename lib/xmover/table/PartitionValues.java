package xmover.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One partition: its ident, which is how {@code sys.shards} names it, and the value of each
 * partition column, typed as {@code table_partitions."values"} gives it; a NULL is {@code null}.
 */
public record PartitionValues(String ident, Map<String, Object> values) {
  /** Holds no comma, bracket or backslash, and does not begin as a literal does. */
  private static final String PLAIN = "(?s)(?!E?')[^,\\[\\]\\\\]+";

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

  /**
   * Each column with its value, for people; no two partitions of a table read alike: {@code
   * region=eu}, {@code region=NULL}, and {@code region='NULL'} for that text.
   */
  public List<String> pairs() {
    return pairs(PartitionValues::plain);
  }

  /** The same, each value as a statement has it: {@code region='eu'}. */
  public List<String> literals() {
    return pairs(SqlText::literal);
  }

  /** The same, each value as it is: {@code region=a,b}. Only {@code NULL} is never a text. */
  public List<String> unquoted() {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + unquoted(e.getValue())).toList();
  }

  private List<String> pairs(Spelling spelling) {
    return values.entrySet().stream()
        .map(e -> plainColumn(e.getKey()) + "=" + spelling.of(e.getValue()))
        .toList();
  }

  private interface Spelling {
    String of(@Nullable Object value);
  }

  /** For people: {@code month=1704067200000,region=NULL}. */
  @Override
  public String toString() {
    return String.join(",", pairs());
  }

  /** A text is quoted where it could be taken for something else, or can't be typed as it is. */
  private static String plain(@Nullable Object value) {
    String text = String.valueOf(value);
    boolean needsNoQuotes =
        value != null
            && !text.equals("NULL")
            && text.matches(PLAIN)
            && text.equals(text.strip())
            && Printable.isLine(text);
    return needsNoQuotes ? text : SqlText.literal(value);
  }

  private static String unquoted(@Nullable Object value) {
    return value == null || value.equals("NULL") ? SqlText.literal(value) : value.toString();
  }

  private static String plainColumn(String printed) {
    return Printable.line(printed.matches("[^,=\"]+") ? printed : SqlText.identifier(printed));
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
