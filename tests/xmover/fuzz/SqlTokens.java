package xmover.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A statement's words as CrateDB's grammar divides it, written from that grammar and from nothing
 * of XMover: quoted identifiers, texts with and without escapes, numbers, words and signs. A
 * comment, a second statement and a quote that is not closed fail.
 */
final class SqlTokens {
  /** A word of a statement; the value is what it means, without quotes and escapes. */
  record Token(Kind kind, String value) {}

  enum Kind {
    IDENTIFIER,
    TEXT,
    NUMBER,
    WORD,
    PARAMETER,
    SIGN
  }

  private static final String SIGNS = "-+*/%=<>(),.[]{}:|";

  private final String statement;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String statement) {
    this.statement = statement;
  }

  /** All of a statement. */
  static List<Token> of(String statement) {
    var read = new SqlTokens(statement);
    while (read.at < statement.length()) {
      read.next();
    }
    return read.tokens;
  }

  private void next() {
    char c = statement.charAt(at);
    if (" \r\n\t".indexOf(c) >= 0) {
      at++;
    } else if (statement.startsWith("--", at) || statement.startsWith("/*", at)) {
      throw new AssertionError("a comment at " + at + ": " + statement);
    } else if (c == '"') {
      add(Kind.IDENTIFIER, quoted('"'));
    } else if (c == '\'') {
      add(Kind.TEXT, quoted('\''));
    } else if ((c == 'E' || c == 'e') && statement.startsWith("'", at + 1)) {
      at++;
      add(Kind.TEXT, escaped());
    } else if (c >= '0' && c <= '9') {
      add(Kind.NUMBER, number());
    } else if (isLetter(c)) {
      add(Kind.WORD, run(next -> isLetter(next) || isDigit(next) || next == '@'));
    } else if (c == '$') {
      at++;
      add(Kind.PARAMETER, run(SqlTokens::isDigit));
    } else if (SIGNS.indexOf(c) >= 0) {
      at++;
      add(Kind.SIGN, String.valueOf(c));
    } else {
      throw new AssertionError("no SQL at " + at + ": " + statement);
    }
  }

  private void add(Kind kind, String value) {
    tokens.add(new Token(kind, value));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private String run(IntPredicate belongs) {
    int from = at;
    while (at < statement.length() && belongs.test(statement.charAt(at))) {
      at++;
    }
    return statement.substring(from, at);
  }

  private String number() {
    String digits = run(c -> isDigit(c) || c == '.');
    if (at < statement.length() && "eE".indexOf(statement.charAt(at)) >= 0) {
      at++;
      String sign = run(c -> c == '-' || c == '+');
      return digits + "E" + sign + run(SqlTokens::isDigit);
    }
    return digits;
  }

  /** Between two quotes; the quote itself is doubled, and nothing else means anything. */
  private String quoted(char quote) {
    var value = new StringBuilder();
    for (at++; at < statement.length(); at++) {
      if (statement.charAt(at) == quote) {
        at++;
        if (at == statement.length() || statement.charAt(at) != quote) {
          return value.toString();
        }
      }
      value.append(statement.charAt(at));
    }
    throw new AssertionError("a quote that is not closed: " + statement);
  }

  /** After the E. */
  private String escaped() {
    var value = new StringBuilder();
    for (at++; at < statement.length(); at++) {
      char c = statement.charAt(at);
      if (c == '\'') {
        at++;
        if (at == statement.length() || statement.charAt(at) != '\'') {
          return value.toString();
        }
        value.append('\'');
      } else if (c == '\\') {
        value.append(escape());
      } else {
        value.append(c);
      }
    }
    throw new AssertionError("a quote that is not closed: " + statement);
  }

  /** What a backslash and what follows mean; ends on the last character of it. */
  private String escape() {
    at++;
    char c = statement.charAt(at);
    int named = "bfnrt".indexOf(c);
    if (named >= 0) {
      return "\b\f\n\r\t".substring(named, named + 1);
    } else if (c == 'u') {
      at += 4;
      return String.valueOf((char) Integer.parseInt(statement.substring(at - 3, at + 1), 16));
    } else if (c == '\'') {
      return "'";
    }
    // CrateDB knows more of them; two backslashes before a quote it takes for one that goes on.
    throw new AssertionError("an escape that nobody should need, at " + at + ": " + statement);
  }
}
