package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names after GROUP BY: only keys and aggregates exist; each becomes a slot of the group's row. */
final class GroupScope implements Scope {
  private final Scope rows;
  private final Map<ExprNode, Integer> slots = new HashMap<>();
  private final List<Expr> keys = new ArrayList<>();
  private final List<Aggregate> aggregates = new ArrayList<>();

  GroupScope(Scope rows, List<ExprNode> groupBy) throws SqlError {
    this.rows = rows;
    for (ExprNode key : groupBy) {
      slots.put(key, keys.size());
      keys.add(rows.bind(key));
    }
  }

  @Override
  public Session session() {
    return rows.session();
  }

  @Override
  public Expr bind(ExprNode node) throws SqlError {
    Integer slot = slots.get(node);
    if (slot != null) {
      int at = slot;
      return new Expr(typeAt(at), row -> row[at]);
    }
    if (node instanceof Call call && Aggregate.isAggregate(call.name())) {
      slots.put(node, keys.size() + aggregates.size());
      aggregates.add(Aggregate.bind(call, rows));
      return bind(node);
    }
    return node.bind(this);
  }

  private cratesim.model.SqlAnswer.ColumnType typeAt(int slot) {
    return slot < keys.size() ? keys.get(slot).type() : aggregates.get(slot - keys.size()).type();
  }

  @Override
  public Expr column(List<String> name, List<String> path) throws SqlError {
    rows.column(name, path);
    throw Errors.invalid(
        "'"
            + RowScope.printed(name, path)
            + "' must appear in the GROUP BY clause or be used in an aggregation function."
            + " Perhaps you grouped by an alias that clashes with a column in the relations");
  }

  /** The groups of these rows, in the order of their first row; without keys always one. */
  List<Object[]> group(Iterable<Object[]> input) throws SqlError {
    Map<List<Object>, Aggregate.Sum[]> groups = new LinkedHashMap<>();
    if (keys.isEmpty()) {
      groups.put(new ArrayList<>(), start());
    }
    for (Object[] row : input) {
      List<Object> key = new ArrayList<>(keys.size());
      for (Expr expr : keys) {
        key.add(expr.of(row));
      }
      Aggregate.Sum[] sums = groups.get(key);
      if (sums == null) {
        sums = start();
        groups.put(key, sums);
      }
      for (Aggregate.Sum sum : sums) {
        sum.add(row);
      }
    }
    List<Object[]> rowsOut = new ArrayList<>(groups.size());
    groups.forEach((key, sums) -> rowsOut.add(row(key, sums)));
    return rowsOut;
  }

  private Aggregate.Sum[] start() {
    return aggregates.stream().map(Aggregate::start).toArray(Aggregate.Sum[]::new);
  }

  private static Object[] row(List<Object> key, Aggregate.Sum[] sums) {
    Object[] row = key.toArray(new Object[key.size() + sums.length]);
    for (int i = 0; i < sums.length; i++) {
      row[key.size() + i] = sums[i].result();
    }
    return row;
  }
}
