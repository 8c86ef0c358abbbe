package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The scalar functions. */
final class Functions {
  /** A function of one argument that is not NULL. */
  private interface OfOne {
    @Nullable Object of(Object argument) throws SqlError;
  }

  private Functions() {}

  static Expr bind(Call call, Scope scope) throws SqlError {
    Session session = scope.session();
    List<Expr> args = bindAll(scope, call.arguments());
    ColumnType common = args.isEmpty() ? ColumnType.TEXT : common(call.arguments(), args);
    return switch (call.name() + "/" + (args.size() > 2 ? "n" : args.size())) {
      case "current_user/0" -> Expr.constant(ColumnType.TEXT, session.user());
      case "version/0" -> Expr.constant(ColumnType.TEXT, "CrateDB " + session.version());
      case "now/0", "current_timestamp/0" ->
          Expr.constant(ColumnType.TIMESTAMP, session.nowMillis());
      case "coalesce/1", "coalesce/2", "coalesce/n" -> new Expr(common, row -> first(args, row));
      case "has_schema_privilege/2" ->
          Expr.bool(row -> schemaPrivilege(session, args.get(0).of(row), args.get(1).of(row)));
      case "array_length/2" ->
          one(
              args,
              ColumnType.INTEGER,
              a -> a instanceof List<?> l && !l.isEmpty() ? l.size() : null);
      // What makes rows of the elements is the SELECT around it.
      case "unnest/1" -> one(args, ColumnType.TEXT, a -> a);
      case "repeat/2" ->
          new Expr(ColumnType.TEXT, row -> repeat(args.get(0).of(row), args.get(1).of(row)));
      case "lower/1" -> one(args, ColumnType.TEXT, a -> Cells.text(a).toLowerCase(Locale.ROOT));
      case "substr/n", "substring/n" -> new Expr(ColumnType.TEXT, row -> part(args, row));
      default -> throw Errors.unknownFunction(signature(call, args));
    };
  }

  private static @Nullable Object part(List<Expr> args, Object[] row) throws SqlError {
    Object text = args.get(0).of(row);
    Object from = args.get(1).of(row);
    Object count = args.get(2).of(row);
    if (text == null || from == null || count == null) {
      return null;
    }
    String whole = Cells.text(text);
    int start = Math.min(Math.max(0, Cells.number(from).intValue() - 1), whole.length());
    int end = Math.min(whole.length(), start + Math.max(0, Cells.number(count).intValue()));
    return whole.substring(start, end);
  }

  static List<Expr> bindAll(Scope scope, List<ExprNode> nodes) throws SqlError {
    List<Expr> bound = new ArrayList<>();
    for (ExprNode node : nodes) {
      bound.add(scope.bind(node));
    }
    return bound;
  }

  /** The type of the first expression that is no plain NULL; a fraction among numbers wins. */
  static ColumnType common(List<ExprNode> nodes, List<Expr> bound) {
    ColumnType type = null;
    for (int i = 0; i < bound.size(); i++) {
      boolean plainNull = nodes.get(i) instanceof Atoms.Literal l && l.value() == null;
      ColumnType own = bound.get(i).type();
      if (!plainNull && (type == null || wider(own, type))) {
        type = own;
      }
    }
    return Objects.requireNonNullElse(type, ColumnType.TEXT);
  }

  static <T> List<T> joined(List<T> list, T last) {
    List<T> all = new ArrayList<>(list);
    all.add(last);
    return all;
  }

  private static boolean wider(ColumnType a, ColumnType b) {
    return (Cells.isFraction(a) && !Cells.isFraction(b) && b != ColumnType.TEXT)
        || (a == ColumnType.BIGINT && b == ColumnType.INTEGER);
  }

  private static Expr one(List<Expr> args, ColumnType type, OfOne function) {
    return new Expr(
        type,
        row -> {
          Object value = args.get(0).of(row);
          return value == null ? null : function.of(value);
        });
  }

  private static @Nullable Object first(List<Expr> args, Object[] row) throws SqlError {
    for (Expr arg : args) {
      Object value = arg.of(row);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable Object schemaPrivilege(
      Session session, @Nullable Object schema, @Nullable Object privilege) {
    return schema == null || privilege == null
        ? null
        : (Object) session.catalog().hasSchemaPrivilege(Cells.text(schema), Cells.text(privilege));
  }

  private static @Nullable Object repeat(@Nullable Object text, @Nullable Object times)
      throws SqlError {
    return text == null || times == null
        ? null
        : Cells.text(text).repeat(Math.max(0, Cells.number(times).intValue()));
  }

  private static String signature(Call call, List<Expr> args) {
    return args.stream()
        .map(arg -> arg.type().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", call.name() + "(", ")"));
  }
}
