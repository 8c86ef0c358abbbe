package cratesim.sql;

import cratesim.SqlAnswer.ColumnType;
import cratesim.SqlError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One aggregate of a grouped query, bound to the rows that are grouped. */
record Aggregate(String name, boolean distinct, @Nullable Expr argument, @Nullable Expr filter) {
  private static final Set<String> NAMES =
      Set.of("count", "sum", "avg", "min", "max", "array_agg", "any_value", "arbitrary");

  static boolean isAggregate(String name) {
    return NAMES.contains(name);
  }

  static Aggregate bind(Call call, Scope rows) throws SqlError {
    if (!call.star() && call.arguments().size() != 1) {
      throw Errors.unknownFunction(call.toString());
    }
    Expr argument = call.star() ? null : rows.bind(call.arguments().get(0));
    Node filter = call.filter();
    Expr condition = filter == null ? null : rows.bind(filter);
    return new Aggregate(call.name(), call.distinct(), argument, condition);
  }

  ColumnType type() {
    if (name.equals("count") || argument == null) {
      return ColumnType.BIGINT;
    }
    return switch (name) {
      case "sum" -> Cells.isFraction(argument.type()) ? argument.type() : ColumnType.BIGINT;
      case "avg" -> ColumnType.DOUBLE;
      case "array_agg" -> Cells.arrayOf(argument.type());
      default -> argument.type();
    };
  }

  Sum start() {
    return new Sum();
  }

  /** The aggregate's state over the rows of one group. */
  final class Sum {
    private final @Nullable Set<Object> seen = distinct ? new HashSet<>() : null;
    private final @Nullable List<Object> all = name.equals("array_agg") ? new ArrayList<>() : null;
    private long count;
    private long whole;
    private double fraction;
    private @Nullable Object chosen;

    void add(Object[] row) throws SqlError {
      if (filter != null && !filter.holds(row)) {
        return;
      }
      Object value = argument == null ? true : argument.of(row);
      if (all != null && (seen == null || seen.add(value))) {
        all.add(value);
        return;
      }
      if (value == null || (seen != null && !seen.add(value))) {
        return;
      }
      count++;
      switch (name) {
        case "sum", "avg" -> addNumber(Cells.number(value));
        case "min" -> chosen = chosen == null || Cells.compare(value, chosen) < 0 ? value : chosen;
        case "max" -> chosen = chosen == null || Cells.compare(value, chosen) > 0 ? value : chosen;
        default -> chosen = value;
      }
    }

    private void addNumber(Number number) {
      whole += number.longValue();
      fraction += number.doubleValue();
    }

    @Nullable Object result() {
      return switch (name) {
        case "count" -> count;
        case "array_agg" -> all;
        case "sum" ->
            count == 0 ? null : type() == ColumnType.BIGINT ? (Object) whole : (Object) fraction;
        case "avg" -> count == 0 ? null : (Object) (fraction / count);
        default -> chosen;
      };
    }
  }
}
