package cratesim.wire;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds its way in SQL text without understanding it: statements between semicolons, parameters,
 * but not inside literals, quoted names or comments.
 */
final class SqlScript {
  private static final Pattern OPAQUE =
      Pattern.compile(
          "\\b[eE]'(?:[^'\\\\]++|\\\\.)*+'|'[^']*+'|\"[^\"]*+\""
              + "|(?<comment>--[^\\n]*+|/\\*.*?\\*/)|\\$\\$.*?\\$\\$",
          Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile("(?<any>\\bANY\\s*\\(\\s*)?\\$(?<number>\\d{1,4})", Pattern.CASE_INSENSITIVE);

  private final String text;
  private final String bare;

  SqlScript(String text) {
    this.text = text;
    this.bare = OPAQUE.matcher(text).replaceAll(SqlScript::blank);
  }

  /** A parameter's place, and whether it stands inside {@code ANY()}. */
  record Parameter(int number, boolean inAny) {}

  /** The statements that hold more than space and comments. */
  List<String> statements() {
    var statements = new ArrayList<String>();
    int start = 0;
    while (start <= bare.length()) {
      int semicolon = bare.indexOf(';', start);
      int end = semicolon < 0 ? bare.length() : semicolon;
      if (!bare.substring(start, end).isBlank()) {
        statements.add(text.substring(start, end).trim());
      }
      start = end + 1;
    }
    return statements;
  }

  /** The one statement that may be prepared, empty when there is none. */
  String onlyStatement() throws SqlError {
    var statements = statements();
    if (statements.size() > 1) {
      throw new SqlError(
          400, 4000, "42601", "SQLParseException[only one statement can be prepared at a time]");
    }
    return statements.isEmpty() ? "" : statements.get(0);
  }

  List<Parameter> parameters() {
    return PARAMETER
        .matcher(bare)
        .results()
        .map(found -> new Parameter(Integer.parseInt(found.group(2)), found.group(1) != null))
        .toList();
  }

  private static String blank(MatchResult found) {
    String filler = found.group(1) == null ? "x" : " ";
    return Matcher.quoteReplacement(filler.repeat(found.group().length()));
  }
}
