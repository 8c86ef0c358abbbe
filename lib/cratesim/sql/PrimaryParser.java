package cratesim.sql;

import cratesim.model.SqlError;
import java.util.List;

/** Parses what operators work on: literals, names, calls, and things in brackets. */
final class PrimaryParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final SelectParser selects;

  PrimaryParser(Tokens tokens, ExpressionParser expressions, SelectParser selects) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.selects = selects;
  }

  ExprNode parse() throws SqlError {
    SqlToken token = tokens.peek();
    return switch (token.kind()) {
      case TEXT -> new Atoms.Literal(tokens.next().text());
      case NUMBER -> number(tokens.next());
      case PARAMETER -> new Atoms.Parameter(tokens.parameter());
      case NAME -> named();
      case WORD -> word(token);
      default -> bracketed();
    };
  }

  private static ExprNode number(SqlToken token) throws SqlError {
    String text = token.text();
    boolean whole = text.chars().allMatch(Character::isDigit);
    try {
      return new Atoms.Literal(whole ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text));
    } catch (NumberFormatException tooLarge) {
      throw Errors.syntax(token, "no such number: '" + text + "'");
    }
  }

  private ExprNode bracketed() throws SqlError {
    if (!tokens.accept("(")) {
      throw Errors.syntax(
          tokens.peek(), "no viable alternative at input '" + tokens.peek().text() + "'");
    }
    ExprNode inner =
        tokens.sees("select") ? new Subqueries.Scalar(selects.parse()) : expressions.parse();
    tokens.expect(")");
    return inner;
  }

  private ExprNode word(SqlToken token) throws SqlError {
    if (tokens.accept("null")) {
      return ExpressionParser.nothing();
    }
    if (tokens.accept("true")) {
      return new Atoms.Literal(true);
    }
    if (tokens.accept("false")) {
      return new Atoms.Literal(false);
    }
    if (tokens.sees("array", "(", "select")) {
      return array();
    }
    if (ExpressionParser.isReserved(token)) {
      throw Errors.syntax(token, "no viable alternative at input '" + token.text() + "'");
    }
    return named();
  }

  private ExprNode array() throws SqlError {
    tokens.expect("array", "(");
    Select select = selects.parse();
    tokens.expect(")");
    return new Subqueries.Array(select);
  }

  private ExprNode named() throws SqlError {
    boolean bareCall = ExpressionParser.isBareCall(tokens.peek());
    List<String> parts = tokens.qualifiedName();
    if (tokens.accept("(")) {
      return call(parts.get(parts.size() - 1));
    }
    return bareCall && parts.size() == 1
        ? Call.of(parts.get(0), List.of())
        : new Atoms.Name(List.copyOf(parts));
  }

  private ExprNode call(String name) throws SqlError {
    boolean star = tokens.accept("*");
    List<ExprNode> arguments = expressions.list(")");
    ExprNode filter = null;
    if (tokens.accept("filter", "(", "where")) {
      filter = expressions.parse();
      tokens.expect(")");
    }
    return new Call(name, arguments, star, filter);
  }
}
