package cratesim.sql;

import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One SELECT core, bound: what it reads, filters, groups and puts out. */
final class CorePlan {
  /** An output row and the values it is sorted by. */
  record Sortable(List<Object> cells, List<Object> keys) {}

  private final Select.Core core;
  private final FromClause from;
  private final @Nullable Expr where;
  private final @Nullable GroupScope groups;
  private final List<ExprNode> nodes = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final List<Expr> outputs = new ArrayList<>();
  private final List<Expr> sortKeys = new ArrayList<>();

  CorePlan(Select.Core core, List<Select.Order> orderBy, Session session) throws SqlError {
    this.core = core;
    from = new FromClause(core, session);
    RowScope rows = from.scope();
    ExprNode condition = core.where();
    where = condition == null ? null : rows.bind(condition);
    groups = isGrouped(core, orderBy) ? new GroupScope(rows, core.groupBy()) : null;
    Scope scope = groups == null ? rows : groups;
    for (Select.Item item : core.items()) {
      addItem(item, scope, rows);
    }
    for (Select.Order order : orderBy) {
      sortKeys.add(sortKey(order.key(), scope));
    }
  }

  private static boolean isGrouped(Select.Core core, List<Select.Order> orderBy) {
    return !core.groupBy().isEmpty()
        || core.items().stream().anyMatch(CorePlan::isAggregate)
        || orderBy.stream().anyMatch(o -> o.key().hasAggregate());
  }

  private static boolean isAggregate(Select.Item item) {
    ExprNode node = item.expression();
    return node != null && node.hasAggregate();
  }

  private void addItem(Select.Item item, Scope scope, RowScope rows) throws SqlError {
    ExprNode node = item.expression();
    String alias = item.name();
    if (node == null) {
      addStar(scope, rows);
      return;
    }
    Expr expr = scope.bind(node);
    add(node, alias == null ? node.columnName() : alias, expr);
  }

  private void addStar(Scope scope, RowScope rows) throws SqlError {
    if (rows.relations().isEmpty()) {
      throw Errors.invalid("\"SELECT *\" without a FROM clause is not valid");
    }
    for (RowScope.Named named : rows.relations()) {
      for (Attribute attribute : named.relation().attributes()) {
        var name = new Atoms.Name(List.of(named.name(), attribute.name()));
        add(name, attribute.name(), scope.bind(name));
      }
    }
  }

  private void add(ExprNode node, String name, Expr expr) {
    nodes.add(node);
    columns.add(new Column(name, expr.type()));
    outputs.add(expr);
  }

  /** An ordinal, an output column's name, or any expression over the rows. */
  private Expr sortKey(ExprNode key, Scope scope) throws SqlError {
    if (key instanceof Atoms.Literal l && l.value() instanceof Long position) {
      if (position < 1 || position > outputs.size()) {
        throw Errors.invalid("ORDER BY position " + position + " is not in select list");
      }
      return outputs.get(position.intValue() - 1);
    }
    for (int i = 0; i < columns.size(); i++) {
      boolean named =
          key instanceof Atoms.Name n
              && n.parts().size() == 1
              && n.parts().get(0).equals(columns.get(i).name());
      if (named || nodes.get(i).equals(key)) {
        return outputs.get(i);
      }
    }
    return scope.bind(key);
  }

  List<Column> columns() {
    return columns;
  }

  /** Adds this core's rows, and may stop as soon as there are enough. */
  void addTo(List<Sortable> result, long enough) throws SqlError {
    Iterable<Object[]> rows = filtered(from.rows(core.where()));
    Set<List<Object>> seen = core.distinct() ? new LinkedHashSet<>() : Set.of();
    for (Object[] row : groups == null ? rows : groups.group(rows)) {
      if (result.size() >= enough) {
        return;
      }
      List<Object> sorted = evaluate(sortKeys, row);
      for (List<Object> cells : unnested(evaluate(outputs, row))) {
        if (!core.distinct() || seen.add(cells)) {
          result.add(new Sortable(cells, sorted));
        }
      }
    }
  }

  /** One row for each element of the array that {@code unnest} got; all others stay the same. */
  private List<List<Object>> unnested(List<Object> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (nodes.get(i) instanceof Call call && call.name().equals("unnest")) {
        List<List<Object>> rows = new ArrayList<>();
        for (Object element : cells.get(i) instanceof List<?> list ? list : List.of()) {
          List<Object> row = new ArrayList<>(cells);
          row.set(i, element);
          rows.add(row);
        }
        return rows;
      }
    }
    return List.of(cells);
  }

  private Iterable<Object[]> filtered(Iterable<Object[]> rows) throws SqlError {
    if (where == null) {
      return rows;
    }
    List<Object[]> passed = new ArrayList<>();
    for (Object[] row : rows) {
      if (where.holds(row)) {
        passed.add(row);
      }
    }
    return passed;
  }

  private static List<Object> evaluate(List<Expr> exprs, Object[] row) throws SqlError {
    List<Object> values = new ArrayList<>(exprs.size());
    for (Expr expr : exprs) {
      values.add(expr.of(row));
    }
    return values;
  }
}
