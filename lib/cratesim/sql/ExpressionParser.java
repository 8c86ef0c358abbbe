package cratesim.sql;

import cratesim.SqlAnswer.ColumnType;
import cratesim.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses expressions by precedence, from OR down to a subscript. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
  private static final Set<String> BARE_CALLS =
      Set.of("current_user", "session_user", "current_schema", "current_timestamp");
  private static final Set<String> RESERVED =
      Set.of(
          "from", "where", "group", "order", "having", "limit", "offset", "union", "and", "or",
          "then", "when", "else", "end", "on", "join", "left", "inner", "cross", "as", "by", "in");
  private static final Node TRUE = new Atoms.Literal(true);
  private static final Node NULL = new Atoms.Literal(null);

  private final Tokens tokens;
  private final SelectParser selects;

  ExpressionParser(Tokens tokens, SelectParser selects) {
    this.tokens = tokens;
    this.selects = selects;
  }

  static boolean isReserved(Token token) {
    return token.kind() == Token.Kind.WORD && RESERVED.contains(token.name());
  }

  Node parse() throws SqlError {
    Node left = and();
    while (tokens.accept("or")) {
      left = new Logic.Or(left, and());
    }
    return left;
  }

  List<Node> list(String end) throws SqlError {
    List<Node> nodes = new ArrayList<>();
    if (tokens.accept(end)) {
      return nodes;
    }
    do {
      nodes.add(parse());
    } while (tokens.accept(","));
    tokens.expect(end);
    return nodes;
  }

  private Node and() throws SqlError {
    Node left = not();
    while (tokens.accept("and")) {
      left = new Logic.And(left, not());
    }
    return left;
  }

  private Node not() throws SqlError {
    return tokens.accept("not") ? new Logic.Not(not()) : predicate();
  }

  private Node predicate() throws SqlError {
    Node left = sum();
    while (true) {
      Node next = predicateAfter(left);
      if (next == null) {
        return left;
      }
      left = next;
    }
  }

  private @Nullable Node predicateAfter(Node left) throws SqlError {
    if (tokens.peek().kind() == Token.Kind.SIGN && COMPARISONS.contains(tokens.peek().text())) {
      return comparison(left, tokens.next().text());
    }
    if (tokens.accept("is")) {
      return negatable(tokens.accept("not"), is(left));
    }
    if (tokens.accept("~")) {
      return new Comparisons.Matches(left, sum());
    }
    if (tokens.accept("!~")) {
      return new Logic.Not(new Comparisons.Matches(left, sum()));
    }
    boolean negated = tokens.accept("not");
    if (tokens.accept("in")) {
      return negatable(negated, in(left));
    }
    if (tokens.accept("between")) {
      Node low = new Comparisons.Comparison(">=", left, sum());
      tokens.expect("and");
      return negatable(negated, new Logic.And(low, new Comparisons.Comparison("<=", left, sum())));
    }
    if (tokens.sees("like") || tokens.sees("ilike")) {
      return negatable(negated, like(left, tokens.next().name()));
    }
    if (negated) {
      throw tokens.unexpected("{'IN', 'BETWEEN', 'LIKE', 'ILIKE'}");
    }
    return null;
  }

  private static Node negatable(boolean negated, Node node) {
    return negated ? new Logic.Not(node) : node;
  }

  private Node is(Node left) throws SqlError {
    if (tokens.accept("null")) {
      return new Logic.IsNull(left);
    }
    if (tokens.accept("distinct", "from")) {
      return new Logic.Not(new Logic.Same(left, sum()));
    }
    Node value = tokens.accept("true") ? TRUE : new Atoms.Literal(false);
    if (value != TRUE) {
      tokens.expect("false");
    }
    return new Logic.Same(left, value);
  }

  private Node comparison(Node left, String sign) throws SqlError {
    if (tokens.sees("any", "(") || tokens.sees("some", "(") || tokens.sees("all", "(")) {
      return new Comparisons.Quantified(sign, tokens.next().is("all"), left, quantifiedArray());
    }
    return new Comparisons.Comparison(sign, left, sum());
  }

  private Node like(Node left, String sign) throws SqlError {
    if (tokens.sees("any", "(") || tokens.sees("all", "(")) {
      return new Comparisons.Quantified(sign, tokens.next().is("all"), left, quantifiedArray());
    }
    return new Comparisons.Like(sign, left, sum());
  }

  private Node quantifiedArray() throws SqlError {
    tokens.expect("(");
    Node array = tokens.sees("select") ? new Subqueries.Array(selects.parse()) : parse();
    tokens.expect(")");
    return array;
  }

  private Node in(Node left) throws SqlError {
    tokens.expect("(");
    if (tokens.sees("select")) {
      Node array = new Subqueries.Array(selects.parse());
      tokens.expect(")");
      return new Comparisons.Quantified("=", false, left, array);
    }
    return new Comparisons.In(left, list(")"));
  }

  private Node sum() throws SqlError {
    Node left = product();
    while (tokens.sees("+") || tokens.sees("-") || tokens.sees("||")) {
      left = new Arithmetic(tokens.next().text(), left, product());
    }
    return left;
  }

  private Node product() throws SqlError {
    Node left = unary();
    while (tokens.sees("*") || tokens.sees("/") || tokens.sees("%")) {
      left = new Arithmetic(tokens.next().text(), left, unary());
    }
    return left;
  }

  private Node unary() throws SqlError {
    if (tokens.accept("-")) {
      Node operand = unary();
      return operand instanceof Atoms.Literal l && l.value() instanceof Long number
          ? new Atoms.Literal(-number)
          : new Arithmetic("-", new Atoms.Literal(0L), operand);
    }
    tokens.accept("+");
    Node node = new PrimaryParser(tokens, this, selects).parse();
    while (true) {
      if (tokens.accept("::")) {
        node = new Atoms.Cast(node, type());
      } else if (tokens.accept("[")) {
        node = new Atoms.Subscript(node, parse());
        tokens.expect("]");
      } else {
        return node;
      }
    }
  }

  /** A type's name, with {@code []} behind it or {@code ARRAY(…)} around it for an array. */
  ColumnType type() throws SqlError {
    if (tokens.accept("array", "(")) {
      ColumnType element = type();
      tokens.expect(")");
      return Cells.arrayOf(element);
    }
    String name = tokens.name();
    if (tokens.accept("precision")) {
      name += " precision";
    } else if (tokens.accept("with", "time", "zone")) {
      name += " with time zone";
    } else if (tokens.accept("without", "time", "zone")) {
      name += " without time zone";
    }
    ColumnType type = Cells.typeNamed(name.toLowerCase(Locale.ROOT));
    if (type == null) {
      throw Errors.invalid("Cannot find data type: " + name);
    }
    return tokens.accept("[", "]") ? Cells.arrayOf(type) : type;
  }

  static boolean isBareCall(Token token) {
    return token.kind() == Token.Kind.WORD && BARE_CALLS.contains(token.name());
  }

  static Node nothing() {
    return NULL;
  }
}
