package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code +} and {@code -} over numbers and {@code ||} over text; whole numbers stay whole. */
record Arithmetic(String sign, ExprNode left, ExprNode right) implements ExprNode {
  @Override
  public List<ExprNode> children() {
    return List.of(left, right);
  }

  @Override
  public Expr bind(Scope scope) throws SqlError {
    Expr a = scope.bind(left);
    Expr b = scope.bind(right);
    scope.session().parameterTypes().expect(left, b.type());
    scope.session().parameterTypes().expect(right, a.type());
    ColumnType type = type(a.type(), b.type());
    return new Expr(type, row -> calculate(type, a.of(row), b.of(row)));
  }

  private ColumnType type(ColumnType a, ColumnType b) {
    if (sign.equals("||")) {
      return a.isArray() ? a : ColumnType.TEXT;
    }
    if (Cells.isFraction(a) || Cells.isFraction(b)) {
      return ColumnType.DOUBLE;
    }
    return a == ColumnType.INTEGER && b == ColumnType.INTEGER ? a : ColumnType.BIGINT;
  }

  private @Nullable Object calculate(ColumnType type, @Nullable Object a, @Nullable Object b)
      throws SqlError {
    if (a == null || b == null) {
      return null;
    }
    if (sign.equals("||")) {
      return Cells.text(a) + Cells.text(b);
    }
    Number x = Cells.number(a);
    Number y = Cells.number(b);
    int turn = sign.equals("-") ? -1 : 1;
    return type == ColumnType.DOUBLE
        ? (Object) (x.doubleValue() + turn * y.doubleValue())
        : Cells.cast(x.longValue() + turn * y.longValue(), type);
  }

  @Override
  public String toString() {
    return "(" + left + " " + sign + " " + right + ")";
  }
}
