package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses expressions by precedence, from OR down to a subscript. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
  private static final Set<String> BARE_CALLS = Set.of("current_user", "current_timestamp");
  private static final Set<String> RESERVED =
      Set.of(
          "from", "where", "group", "order", "having", "limit", "offset", "union", "and", "or",
          "on", "join", "left", "inner", "cross", "as", "by", "in");
  private static final ExprNode NULL = new Atoms.Literal(null);

  private final Tokens tokens;
  private final SelectParser selects;

  ExpressionParser(Tokens tokens, SelectParser selects) {
    this.tokens = tokens;
    this.selects = selects;
  }

  static boolean isReserved(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && RESERVED.contains(token.name());
  }

  ExprNode parse() throws SqlError {
    ExprNode left = and();
    while (tokens.accept("or")) {
      left = new Logic.Or(left, and());
    }
    return left;
  }

  List<ExprNode> list(String end) throws SqlError {
    List<ExprNode> nodes = new ArrayList<>();
    if (tokens.accept(end)) {
      return nodes;
    }
    do {
      nodes.add(parse());
    } while (tokens.accept(","));
    tokens.expect(end);
    return nodes;
  }

  private ExprNode and() throws SqlError {
    ExprNode left = not();
    while (tokens.accept("and")) {
      left = new Logic.And(left, not());
    }
    return left;
  }

  private ExprNode not() throws SqlError {
    return tokens.accept("not") ? new Logic.Not(not()) : predicate();
  }

  private ExprNode predicate() throws SqlError {
    ExprNode left = sum();
    while (true) {
      ExprNode next = predicateAfter(left);
      if (next == null) {
        return left;
      }
      left = next;
    }
  }

  private @Nullable ExprNode predicateAfter(ExprNode left) throws SqlError {
    if (tokens.peek().kind() == SqlToken.Kind.SIGN && COMPARISONS.contains(tokens.peek().text())) {
      return comparison(left, tokens.next().text());
    }
    if (tokens.accept("is")) {
      boolean not = tokens.accept("not");
      tokens.expect("null");
      return negatable(not, new Logic.IsNull(left));
    }
    boolean negated = tokens.accept("not");
    if (tokens.accept("in")) {
      return negatable(negated, in(left));
    }
    if (tokens.sees("like") || tokens.sees("ilike")) {
      return negatable(negated, new Comparisons.Like(tokens.next().name(), left, sum()));
    }
    if (negated) {
      throw tokens.unexpected("{'IN', 'LIKE', 'ILIKE'}");
    }
    return null;
  }

  private static ExprNode negatable(boolean negated, ExprNode node) {
    return negated ? new Logic.Not(node) : node;
  }

  private ExprNode comparison(ExprNode left, String sign) throws SqlError {
    if (tokens.accept("any", "(")) {
      return new Comparisons.Any(sign, left, array());
    }
    return new Comparisons.Comparison(sign, left, sum());
  }

  /** What stands in the brackets of ANY. */
  private ExprNode array() throws SqlError {
    ExprNode array = tokens.sees("select") ? new Subqueries.Array(selects.parse()) : parse();
    tokens.expect(")");
    return array;
  }

  private ExprNode in(ExprNode left) throws SqlError {
    tokens.expect("(");
    if (tokens.sees("select")) {
      ExprNode array = new Subqueries.Array(selects.parse());
      tokens.expect(")");
      return new Comparisons.Any("=", left, array);
    }
    return new Comparisons.In(left, list(")"));
  }

  private ExprNode sum() throws SqlError {
    ExprNode left = operand();
    while (tokens.sees("+") || tokens.sees("-") || tokens.sees("||")) {
      left = new Arithmetic(tokens.next().text(), left, operand());
    }
    return left;
  }

  private ExprNode operand() throws SqlError {
    ExprNode node = new PrimaryParser(tokens, this, selects).parse();
    while (true) {
      if (tokens.accept("::")) {
        node = new Atoms.Cast(node, type());
      } else if (tokens.accept("[")) {
        node = new Atoms.Subscript(node, subscript());
      } else {
        return node;
      }
    }
  }

  private String subscript() throws SqlError {
    SqlToken key = tokens.next();
    if (key.kind() != SqlToken.Kind.TEXT) {
      throw Errors.unsupported("A subscript of the simulated cluster is a text");
    }
    tokens.expect("]");
    return key.text();
  }

  ColumnType type() throws SqlError {
    String name = tokens.name();
    if (tokens.accept("with", "time", "zone")) {
      name += " with time zone";
    }
    ColumnType type = Cells.typeNamed(name.toLowerCase(Locale.ROOT));
    if (type == null) {
      throw Errors.invalid("Cannot find data type: " + name);
    }
    return type;
  }

  static boolean isBareCall(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && BARE_CALLS.contains(token.name());
  }

  static ExprNode nothing() {
    return NULL;
  }
}
