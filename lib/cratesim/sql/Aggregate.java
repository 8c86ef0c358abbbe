package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One aggregate of a grouped query, bound to the rows that are grouped. */
record Aggregate(String name, @Nullable Expr argument, @Nullable Expr filter) {
  private static final Set<String> NAMES = Set.of("count", "sum", "max");

  static boolean isAggregate(String name) {
    return NAMES.contains(name);
  }

  static Aggregate bind(Call call, Scope rows) throws SqlError {
    if (!call.star() && call.arguments().size() != 1) {
      throw Errors.unknownFunction(call.toString());
    }
    Expr argument = call.star() ? null : rows.bind(call.arguments().get(0));
    ExprNode filter = call.filter();
    Expr condition = filter == null ? null : rows.bind(filter);
    return new Aggregate(call.name(), argument, condition);
  }

  ColumnType type() {
    if (name.equals("count") || argument == null) {
      return ColumnType.BIGINT;
    }
    boolean whole = name.equals("sum") && !Cells.isFraction(argument.type());
    return whole ? ColumnType.BIGINT : argument.type();
  }

  Sum start() {
    return new Sum();
  }

  /** The aggregate's state over the rows of one group. */
  final class Sum {
    private long count;
    private long whole;
    private double fraction;
    private @Nullable Object largest;

    void add(Object[] row) throws SqlError {
      if (filter != null && !filter.holds(row)) {
        return;
      }
      Object value = argument == null ? true : argument.of(row);
      if (value == null) {
        return;
      }
      count++;
      if (name.equals("sum")) {
        addNumber(Cells.number(value));
      } else if (name.equals("max")) {
        largest = largest == null || Cells.compare(value, largest) > 0 ? value : largest;
      }
    }

    private void addNumber(Number number) {
      whole += number.longValue();
      fraction += number.doubleValue();
    }

    @Nullable Object result() {
      return switch (name) {
        case "count" -> count;
        case "sum" ->
            count == 0 ? null : type() == ColumnType.BIGINT ? (Object) whole : (Object) fraction;
        default -> largest;
      };
    }
  }
}
