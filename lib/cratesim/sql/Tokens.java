package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Walks over the tokens of one statement; what is not as expected is a syntax error. */
final class Tokens {
  private final List<SqlToken> tokens;
  private int at;
  private int questionMarks;

  Tokens(String sql) throws SqlError {
    tokens = Lexer.tokens(sql);
  }

  SqlToken peek() {
    return tokens.get(at);
  }

  SqlToken next() {
    SqlToken token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** True when the next tokens are these keywords or signs. */
  boolean sees(String... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (!tokens.get(Math.min(at + i, tokens.size() - 1)).is(expected[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes these keywords or signs when they come next. */
  boolean accept(String... expected) {
    if (!sees(expected)) {
      return false;
    }
    at += expected.length;
    return true;
  }

  void expect(String... expected) throws SqlError {
    for (String one : expected) {
      if (!accept(one)) {
        throw unexpected("'" + one.toUpperCase(Locale.ROOT) + "'");
      }
    }
  }

  /** A name, in quotes or not. */
  String name() throws SqlError {
    SqlToken token = peek();
    if (token.kind() != SqlToken.Kind.WORD && token.kind() != SqlToken.Kind.NAME) {
      throw unexpected("{IDENTIFIER, QUOTED_IDENTIFIER}");
    }
    return next().name();
  }

  /** A name with dots, such as {@code doc.metrics}. */
  List<String> qualifiedName() throws SqlError {
    List<String> parts = new ArrayList<>(List.of(name()));
    while (accept(".")) {
      parts.add(name());
    }
    return parts;
  }

  /** The parameter's index from 0; question marks count themselves. */
  int parameter() throws SqlError {
    SqlToken token = next();
    try {
      return token.text().isEmpty() ? questionMarks++ : Integer.parseInt(token.text()) - 1;
    } catch (NumberFormatException tooLarge) {
      throw Errors.syntax(token, "no such parameter: '$" + token.text() + "'");
    }
  }

  /** Nothing but semicolons may follow. */
  void end() throws SqlError {
    while (accept(";")) {
      // An empty statement after the last one changes nothing.
    }
    if (peek().kind() != SqlToken.Kind.END) {
      throw unexpected("{<EOF>, ';'}");
    }
  }

  SqlError unexpected(String expected) {
    String found = peek().text();
    return Errors.syntax(peek(), "mismatched input '" + found + "' expecting " + expected);
  }
}
