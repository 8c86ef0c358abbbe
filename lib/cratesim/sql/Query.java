package cratesim.sql;

import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;

/** A planned SELECT: its columns are known, its rows are computed when asked for. */
public final class Query {
  private final List<CorePlan> cores;
  private final Ordering ordering;

  private Query(List<CorePlan> cores, Ordering ordering) {
    this.cores = cores;
    this.ordering = ordering;
  }

  static Query plan(Select select, Session session) throws SqlError {
    Ordering ordering = new Ordering(select, session);
    List<CorePlan> cores = new ArrayList<>();
    List<Select.Order> orderBy = select.orderBy();
    for (Select.Core core : select.cores()) {
      cores.add(new CorePlan(core, orderBy, session));
      orderBy = byPosition(orderBy, cores.get(0).columns());
    }
    return new Query(cores, ordering);
  }

  /** The cores after UNION ALL may name their columns otherwise than the first one does. */
  private static List<Select.Order> byPosition(List<Select.Order> orderBy, List<Column> columns) {
    List<Select.Order> positions = new ArrayList<>();
    for (Select.Order order : orderBy) {
      ExprNode key = order.key();
      for (int i = 0; i < columns.size(); i++) {
        if (key.columnName().equals(columns.get(i).name())) {
          key = new Atoms.Literal(i + 1L);
        }
      }
      positions.add(new Select.Order(key, order.descending()));
    }
    return positions;
  }

  public List<Column> columns() {
    return cores.get(0).columns();
  }

  public List<List<Object>> rows() throws SqlError {
    List<CorePlan.Sortable> rows = new ArrayList<>();
    for (CorePlan core : cores) {
      core.addTo(rows, ordering.enough());
    }
    return ordering.apply(rows);
  }

  /** The result as a relation of another query's FROM clause. */
  SqlRelation asRelation() {
    List<Attribute> attributes = new ArrayList<>();
    for (Column column : columns()) {
      int at = attributes.size();
      attributes.add(
          Attribute.plain(
              column.name(), column.type(), row -> row instanceof List<?> l ? l.get(at) : null));
    }
    return new SqlRelation(attributes, this::rows);
  }
}
