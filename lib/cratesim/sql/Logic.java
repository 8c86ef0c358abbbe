package cratesim.sql;

import cratesim.SqlAnswer.ColumnType;
import cratesim.SqlError;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conditions and choices, with SQL's three-valued logic: NULL means unknown. */
final class Logic {
  private Logic() {}

  record And(Node left, Node right) implements Node {
    @Override
    public List<Node> children() {
      return List.of(left, right);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      Expr a = scope.bind(left);
      Expr b = scope.bind(right);
      return Expr.bool(row -> both(a, b, row, false));
    }

    @Override
    public String toString() {
      return "(" + left + " AND " + right + ")";
    }
  }

  record Or(Node left, Node right) implements Node {
    @Override
    public List<Node> children() {
      return List.of(left, right);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      Expr a = scope.bind(left);
      Expr b = scope.bind(right);
      return Expr.bool(row -> both(a, b, row, true));
    }

    @Override
    public String toString() {
      return "(" + left + " OR " + right + ")";
    }
  }

  /** The deciding value wins, else an unknown makes the whole unknown. */
  private static @Nullable Object both(Expr a, Expr b, Object[] row, boolean deciding)
      throws SqlError {
    Object x = a.of(row);
    if (x instanceof Boolean known && known == deciding) {
      return deciding;
    }
    Object y = b.of(row);
    if (y instanceof Boolean known && known == deciding) {
      return deciding;
    }
    return x == null || y == null ? null : (Object) !deciding;
  }

  record Not(Node operand) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      Expr bound = scope.bind(operand);
      return Expr.bool(
          row -> {
            Object value = bound.of(row);
            return value == null ? null : (Object) !Cells.bool(value);
          });
    }

    @Override
    public String toString() {
      return "(NOT " + operand + ")";
    }
  }

  record IsNull(Node operand) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      Expr bound = scope.bind(operand);
      return Expr.bool(row -> bound.of(row) == null);
    }

    @Override
    public String toString() {
      return "(" + operand + " IS NULL)";
    }
  }

  /** {@code IS NOT DISTINCT FROM}: equal, where NULL equals NULL; also {@code IS TRUE}. */
  record Same(Node left, Node right) implements Node {
    @Override
    public List<Node> children() {
      return List.of(left, right);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      Expr a = scope.bind(left);
      Expr b = scope.bind(right);
      return Expr.bool(
          row -> {
            Object x = a.of(row);
            Object y = b.of(row);
            return (x == null || y == null) ? x == y : Cells.compare(x, y) == 0;
          });
    }
  }

  /** {@code CASE operand WHEN … THEN … ELSE … END}; without an operand, WHEN holds conditions. */
  record Case(List<Node> conditions, List<Node> results, Node otherwise) implements Node {
    @Override
    public List<Node> children() {
      return Stream.of(conditions, results, List.of(otherwise)).flatMap(List::stream).toList();
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      List<Expr> when = Functions.bindAll(scope, conditions);
      List<Node> ends = Functions.joined(results, otherwise);
      List<Expr> then = Functions.bindAll(scope, ends);
      ColumnType type = Functions.common(ends, then);
      return new Expr(
          type,
          row -> {
            for (int i = 0; i < when.size(); i++) {
              if (when.get(i).holds(row)) {
                return then.get(i).of(row);
              }
            }
            return then.get(when.size()).of(row);
          });
    }
  }
}
