package xmover.gates.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.table.TableRef;

/** Reads just enough of somebody's SQL to tell whether it changes a table beyond its rows. */
final class StatementText {
  private static final Set<String> CHANGING = Set.of("alter", "drop", "optimize", "restore");
  private static final Pattern TOKEN =
      Pattern.compile(
          "--[^\\n"
              + "]*|/\\*.*?\\*/|\"((?:[^\"]|\"\")*)\"|'(?:[^']|'')*'|[\\p{L}_][\\p{L}\\p{N}_$@]*|\\.",
          Pattern.DOTALL);

  private StatementText() {}

  /** True when it changes the table, its settings or where its shards are. */
  static boolean changes(String sql, TableRef table) {
    List<String> tokens = tokens(sql);
    return !tokens.isEmpty() && CHANGING.contains(tokens.get(0)) && names(tokens, table);
  }

  /** A name without a schema may be any schema's: nobody knows the session's. */
  private static boolean names(List<String> tokens, TableRef table) {
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i).equals(table.name())) {
        boolean qualified = i > 2 && tokens.get(i - 1).equals(".");
        if (!qualified || tokens.get(i - 2).equals(table.schema())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Words and names as CrateDB reads them: without quotes as they are, else in lower case. */
  private static List<String> tokens(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      String text = token.group();
      if (token.group(1) != null) {
        tokens.add(token.group(1).replace("\"\"", "\""));
      } else if (!text.startsWith("--") && !text.startsWith("/*") && !text.startsWith("'")) {
        tokens.add(text.toLowerCase(Locale.ROOT));
      }
    }
    return tokens;
  }
}
