package cratesim.sql;

import cratesim.SqlAnswer.ColumnType;
import cratesim.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions that stand for a value or reach into one. */
final class Atoms {
  private Atoms() {}

  record Literal(@Nullable Object value) implements Node {
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
  record Parameter(int index) implements Node {
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
  record Name(List<String> parts) implements Node {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      return scope.column(parts, List.of());
    }

    @Override
    public String toString() {
      return parts.get(parts.size() - 1);
    }
  }

  /** {@code base['key']} or {@code base[1]}. */
  record Subscript(Node base, Node index) implements Node {
    @Override
    public List<Node> children() {
      return List.of(base, index);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      List<String> path = new ArrayList<>();
      Node root = this;
      while (root instanceof Subscript s
          && s.index instanceof Literal key
          && key.value instanceof String text) {
        path.add(0, text);
        root = s.base;
      }
      return root instanceof Name name ? scope.column(name.parts, path) : element(scope);
    }

    private Expr element(Scope scope) throws SqlError {
      Expr container = scope.bind(base);
      Expr key = scope.bind(index);
      ColumnType type = container.type();
      return new Expr(
          type.isArray() ? Cells.elementOf(type) : ColumnType.TEXT,
          row -> inside(container.of(row), key.of(row)));
    }

    private static @Nullable Object inside(@Nullable Object container, @Nullable Object key) {
      if (container instanceof List<?> list && key instanceof Number position) {
        int at = position.intValue() - 1;
        return at >= 0 && at < list.size() ? list.get(at) : null;
      }
      return container instanceof Map<?, ?> map && key != null ? map.get(key) : null;
    }

    @Override
    public String toString() {
      return base + "[" + index + "]";
    }
  }

  /** {@code [1, 2]} and {@code ARRAY[1, 2]}. */
  record ArrayOf(List<Node> elements) implements Node {
    @Override
    public List<Node> children() {
      return elements;
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      List<Expr> bound = new ArrayList<>();
      for (Node element : elements) {
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

    @Override
    public String toString() {
      return elements.stream().map(Node::toString).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  record Cast(Node value, ColumnType type) implements Node {
    @Override
    public List<Node> children() {
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
