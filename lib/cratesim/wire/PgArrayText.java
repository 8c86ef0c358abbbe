package cratesim.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text form of arrays: {@code {"a","b",NULL}}. */
final class PgArrayText {
  private PgArrayText() {}

  /** CrateDB quotes every element, and escapes quotes inside JSON only. */
  static String print(List<?> values, PgType element) {
    return values.stream()
        .map(value -> printed(value, element))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String printed(@Nullable Object value, PgType element) {
    if (value == null) {
      return "NULL";
    }
    String text = element.text(value);
    return '"' + (element == PgType.JSON ? text.replaceAll("([\"\\\\])", "\\\\$1") : text) + '"';
  }

  /** Reads one dimension. */
  static List<Object> parse(String text, PgType element) {
    String body = text.trim();
    if (!body.startsWith("{") || !body.endsWith("}")) {
      throw new IllegalArgumentException("not an array: " + text);
    }
    var values = new ArrayList<Object>();
    var word = new StringBuilder();
    boolean quoted = false;
    boolean inQuotes = false;
    for (int i = 1; i < body.length(); i++) {
      char c = body.charAt(i);
      boolean end = !inQuotes && (c == ',' || i == body.length() - 1);
      if (end) {
        if (quoted || !word.isEmpty()) {
          values.add(value(word.toString(), quoted, element));
        }
        word.setLength(0);
        quoted = false;
      } else if (c == '"') {
        inQuotes = !inQuotes;
        quoted = true;
      } else if (c == '\\' && inQuotes) {
        word.append(body.charAt(++i));
      } else {
        word.append(c);
      }
    }
    return values;
  }

  private static @Nullable Object value(String word, boolean quoted, PgType element) {
    return !quoted && word.trim().equalsIgnoreCase("NULL") ? null : element.parse(word);
  }
}
