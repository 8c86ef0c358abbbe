package xmover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * SQL as an operator feeds it to a client: statements end with a semicolon, comments and what psql
 * alone knows fall away.
 */
public final class TypedSql {
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<comment>--[^\n]*+|(?m:^)\\\\[^\n]*+)|'[^']*+'|\"[^\"]*+\"|(?<end>;)|.",
          Pattern.DOTALL);

  private TypedSql() {}

  /** Each statement without its semicolon. */
  public static List<String> statements(String sql) {
    var statements = new ArrayList<String>();
    var statement = new StringBuilder();
    var pieces = PIECE.matcher(sql);
    while (pieces.find()) {
      if (pieces.group("end") != null) {
        statements.add(statement.toString().strip());
        statement.setLength(0);
      } else if (pieces.group("comment") == null) {
        statement.append(pieces.group());
      }
    }
    if (!statement.toString().isBlank()) {
      throw new IllegalArgumentException("no semicolon after: " + statement);
    }
    return statements;
  }
}
