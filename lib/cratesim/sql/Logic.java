package cratesim.sql;

import cratesim.model.SqlError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions, with SQL's three-valued logic: NULL means unknown. */
final class Logic {
  private Logic() {}

  record And(ExprNode left, ExprNode right) implements ExprNode {
    @Override
    public List<ExprNode> children() {
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

  record Or(ExprNode left, ExprNode right) implements ExprNode {
    @Override
    public List<ExprNode> children() {
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

  record Not(ExprNode operand) implements ExprNode {
    @Override
    public List<ExprNode> children() {
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

  record IsNull(ExprNode operand) implements ExprNode {
    @Override
    public List<ExprNode> children() {
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
}
