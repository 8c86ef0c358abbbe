package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into tokens as CrateDB does; comments vanish. */
final class Lexer {
  private static final List<String> LONG_SIGNS = List.of("::", "<>", "!=", "<=", ">=", "||");

  private final String sql;
  private int at;
  private int counted;
  private int line = 1;
  private int lineStart;

  private Lexer(String sql) {
    this.sql = sql;
  }

  static List<SqlToken> tokens(String sql) throws SqlError {
    var lexer = new Lexer(sql);
    List<SqlToken> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.get(tokens.size() - 1).kind() != SqlToken.Kind.END);
    return tokens;
  }

  private SqlToken next() throws SqlError {
    skipBlanksAndComments();
    int start = at;
    if (at >= sql.length()) {
      return token(SqlToken.Kind.END, "<EOF>", start);
    }
    char c = sql.charAt(at);
    if (c == '\'') {
      return token(SqlToken.Kind.TEXT, quoted('\'', false), start);
    }
    if ((c == 'E' || c == 'e') && peek(1) == '\'') {
      at++;
      return token(SqlToken.Kind.TEXT, quoted('\'', true), start);
    }
    if (c == '"') {
      return token(SqlToken.Kind.NAME, quoted('"', false), start);
    }
    if (Character.isLetter(c) || c == '_') {
      return token(SqlToken.Kind.WORD, run(start, Lexer::isWordPart), start);
    }
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      return token(SqlToken.Kind.NUMBER, number(), start);
    }
    if (c == '?' || (c == '$' && isDigit(peek(1)))) {
      at++;
      return token(SqlToken.Kind.PARAMETER, c == '?' ? "" : run(at, Lexer::isDigit), start);
    }
    return token(SqlToken.Kind.SIGN, sign(), start);
  }

  private void skipBlanksAndComments() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = endOf("\n");
      } else if (sql.startsWith("/*", at)) {
        at = endOf("*/");
      } else {
        return;
      }
    }
  }

  private int endOf(String mark) {
    int end = sql.indexOf(mark, at);
    return end < 0 ? sql.length() : end + mark.length();
  }

  private String quoted(char quote, boolean escapes) throws SqlError {
    int start = at++;
    var text = new StringBuilder();
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == quote && peek(0) == quote) {
        at++;
      } else if (c == quote) {
        return text.toString();
      } else if (c == '\\' && escapes && at < sql.length()) {
        c = escaped();
      }
      text.append(c);
    }
    SqlToken open = token(SqlToken.Kind.SIGN, String.valueOf(quote), start);
    throw Errors.syntax(open, "token recognition error at: '" + sql.substring(start) + "'");
  }

  private char escaped() {
    char c = sql.charAt(at++);
    if (c == 'u' && sql.substring(at).matches("(?s)\\p{XDigit}{4}.*")) {
      at += 4;
      return (char) Integer.parseInt(sql.substring(at - 4, at), 16);
    }
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }

  private String number() {
    int start = at;
    run(start, c -> isDigit(c) || c == '.');
    return sql.substring(start, at);
  }

  private String sign() {
    for (String sign : LONG_SIGNS) {
      if (sql.startsWith(sign, at)) {
        at += sign.length();
        return sign;
      }
    }
    return String.valueOf(sql.charAt(at++));
  }

  private interface Part {
    boolean holds(char c);
  }

  private String run(int start, Part part) {
    while (at < sql.length() && part.holds(sql.charAt(at))) {
      at++;
    }
    return sql.substring(start, at);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : 0;
  }

  /** Tokens come in the order of the statement, so its lines are counted once. */
  private SqlToken token(SqlToken.Kind kind, String text, int start) {
    for (; counted < start; counted++) {
      if (sql.charAt(counted) == '\n') {
        line++;
        lineStart = counted + 1;
      }
    }
    return new SqlToken(kind, text, line, 1 + start - lineStart);
  }
}
