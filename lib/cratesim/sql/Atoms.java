package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions that stand for a value or reach into one. */
final class Atoms {
  private Atoms() {}

  record Literal(@Nullable Object value) implements ExprNode {
    @Override
    public Expr bind(Scope scope) {
      return Expr.constant(Cells.typeOf(value), value);
    }

    @Override
    public String toString() {
      return value instanceof String ? "'" + value + "'" : value == null ? "NULL" : "" + value;
    }
  }

  /** {@code $1} has index 0. */
  record Parameter(int index) implements ExprNode {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      Object value = scope.session().parameter(index);
      return Expr.constant(Cells.typeOf(value), value);
    }

    @Override
    public String toString() {
      return "$" + (index + 1);
    }
  }

  /** A column, perhaps with its table and schema before it. */
  record Name(List<String> parts) implements ExprNode {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      return scope.column(parts, List.of());
    }

    @Override
    public String toString() {
      return parts.get(parts.size() - 1);
    }
  }

  /** {@code base['key']}. */
  record Subscript(ExprNode base, String key) implements ExprNode {
    @Override
    public List<ExprNode> children() {
      return List.of(base);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      List<String> path = new ArrayList<>();
      ExprNode root = this;
      while (root instanceof Subscript s) {
        path.add(0, s.key);
        root = s.base;
      }
      if (root instanceof Name name) {
        return scope.column(name.parts, path);
      }
      throw Errors.unsupported("Only a column of the simulated cluster has subscripts");
    }

    @Override
    public String toString() {
      return base + "['" + key + "']";
    }
  }

  /** The list of IN. */
  record ArrayOf(List<ExprNode> elements) implements ExprNode {
    @Override
    public List<ExprNode> children() {
      return elements;
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      List<Expr> bound = new ArrayList<>();
      for (ExprNode element : elements) {
        bound.add(scope.bind(element));
      }
      ColumnType element = bound.isEmpty() ? ColumnType.TEXT : bound.get(0).type();
      return new Expr(
          Cells.arrayOf(element),
          row -> {
            List<Object> values = new ArrayList<>();
            for (Expr expr : bound) {
              values.add(expr.of(row));
            }
            return values;
          });
    }
  }

  record Cast(ExprNode value, ColumnType type) implements ExprNode {
    @Override
    public List<ExprNode> children() {
      return List.of(value);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      scope.session().parameterTypes().expect(value, type);
      Expr bound = scope.bind(value);
      return new Expr(type, row -> Cells.cast(bound.of(row), type));
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }
}
