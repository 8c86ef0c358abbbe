package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ORDER BY and LIMIT. */
final class Ordering {
  private final List<Select.Order> orders;
  private final long limit;

  Ordering(Select select, Session session) throws SqlError {
    orders = select.orderBy();
    limit = limit(select.limit(), session);
  }

  private static long limit(@Nullable ExprNode node, Session session) throws SqlError {
    if (node != null) {
      session.parameterTypes().expect(node, ColumnType.BIGINT);
    }
    Object value =
        node == null ? null : new RowScope(session, List.of()).bind(node).of(new Object[0]);
    return value == null ? Long.MAX_VALUE : Cells.number(value).longValue();
  }

  /** So many rows are enough: where nothing is sorted, those that come first. */
  long enough() {
    return orders.isEmpty() ? limit : Long.MAX_VALUE;
  }

  List<List<Object>> apply(List<CorePlan.Sortable> rows) throws SqlError {
    if (!orders.isEmpty()) {
      try {
        rows.sort(byKeys());
      } catch (Incomparable e) {
        throw e.error;
      }
    }
    List<List<Object>> cells = new ArrayList<>(rows.size());
    rows.stream().limit(limit).forEach(row -> cells.add(row.cells()));
    return cells;
  }

  private Comparator<CorePlan.Sortable> byKeys() {
    return (a, b) -> {
      for (int i = 0; i < orders.size(); i++) {
        int order = compare(orders.get(i), a.keys().get(i), b.keys().get(i));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  private static int compare(Select.Order order, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      int nullOrder = Boolean.compare(b == null, a == null);
      return order.descending() ? nullOrder : -nullOrder;
    }
    try {
      return order.descending() ? Cells.compare(b, a) : Cells.compare(a, b);
    } catch (SqlError e) {
      throw new Incomparable(e);
    }
  }

  /** Carries the error out of the sort. */
  private static final class Incomparable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SqlError error;

    Incomparable(SqlError error) {
      super(error);
      this.error = error;
    }
  }
}
