package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comparisons of values, of text with patterns, and of a value with an array. */
final class Comparisons {
  private Comparisons() {}

  /** {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >}, {@code >=}. */
  record Comparison(String sign, ExprNode left, ExprNode right) implements ExprNode {
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
      return Expr.bool(row -> compare(sign, a.of(row), b.of(row)));
    }

    @Override
    public String toString() {
      return "(" + left + " " + sign + " " + right + ")";
    }
  }

  static @Nullable Boolean compare(String sign, @Nullable Object a, @Nullable Object b)
      throws SqlError {
    if (a == null || b == null) {
      return null;
    }
    int order = Cells.compare(a, b);
    return switch (sign) {
      case "=" -> order == 0;
      case "<>", "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** {@code value = ANY(array)}. */
  record Any(String sign, ExprNode value, ExprNode array) implements ExprNode {
    @Override
    public List<ExprNode> children() {
      return List.of(value, array);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      Expr a = scope.bind(value);
      Expr b = scope.bind(array);
      scope.session().parameterTypes().expect(array, Cells.arrayOf(a.type()));
      return Expr.bool(
          row -> b.of(row) instanceof List<?> list ? decide(a.of(row), list) : (Object) null);
    }

    private @Nullable Object decide(@Nullable Object one, List<?> others) throws SqlError {
      boolean unknown = false;
      for (Object other : others) {
        Boolean matches = compare(sign, one, other);
        if (matches == null) {
          unknown = true;
        } else if (matches) {
          return true;
        }
      }
      return unknown ? null : (Object) false;
    }
  }

  /** {@code value IN (a, b)}. */
  record In(ExprNode value, List<ExprNode> list) implements ExprNode {
    @Override
    public List<ExprNode> children() {
      return Functions.joined(list, value);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      ColumnType type = scope.bind(value).type();
      list.forEach(one -> scope.session().parameterTypes().expect(one, type));
      return scope.bind(new Any("=", value, new Atoms.ArrayOf(list)));
    }

    @Override
    public String toString() {
      return list.stream()
          .map(ExprNode::toString)
          .collect(Collectors.joining(", ", "(" + value + " IN (", "))"));
    }
  }

  /** {@code like} or {@code ilike}. */
  record Like(String sign, ExprNode value, ExprNode pattern) implements ExprNode {
    @Override
    public List<ExprNode> children() {
      return List.of(value, pattern);
    }

    @Override
    public Expr bind(Scope scope) throws SqlError {
      Expr a = scope.bind(value);
      Expr b = scope.bind(pattern);
      return Expr.bool(row -> like(sign, a.of(row), b.of(row)));
    }
  }

  private static @Nullable Boolean like(
      String sign, @Nullable Object value, @Nullable Object pattern) {
    if (value == null || pattern == null) {
      return null;
    }
    var regex = new StringBuilder();
    String text = Cells.text(pattern);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        regex.append(Pattern.quote(text.substring(++i, i + 1)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    int flags = Pattern.DOTALL | (sign.equals("ilike") ? Pattern.CASE_INSENSITIVE : 0);
    return Pattern.compile(regex.toString(), flags).matcher(Cells.text(value)).matches();
  }
}
