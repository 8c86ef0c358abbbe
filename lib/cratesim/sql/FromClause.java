package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The relations of a FROM clause and how they join; without one there is a single empty row. */
final class FromClause {
  private final List<Join> joins = new ArrayList<>();
  private final RowScope scope;

  FromClause(Select.Core core, Session session) throws SqlError {
    List<RowScope.Named> named = new ArrayList<>();
    for (Select.Source source : core.from()) {
      named.add(named(source, session));
      if (named.size() > 1) {
        joins.add(join(source.on(), named, session));
      }
    }
    scope = new RowScope(session, List.copyOf(named));
  }

  RowScope scope() {
    return scope;
  }

  private static RowScope.Named named(Select.Source source, Session session) throws SqlError {
    Select select = source.select();
    String alias = source.alias();
    if (select != null) {
      Query query = Query.plan(select, session);
      return new RowScope.Named(null, alias == null ? "" : alias, query.asRelation());
    }
    List<String> table = source.table();
    String name = table.get(table.size() - 1);
    String schema = table.size() > 1 ? table.get(table.size() - 2) : null;
    SqlRelation relation = session.catalog().relation(schema, name);
    return alias == null
        ? new RowScope.Named(schema, name, relation)
        : new RowScope.Named(null, alias, relation);
  }

  private static Join join(@Nullable ExprNode on, List<RowScope.Named> named, Session session)
      throws SqlError {
    int last = named.size() - 1;
    var both = new RowScope(session, List.copyOf(named));
    var left = new RowScope(session, List.copyOf(named.subList(0, last)));
    List<RowScope.Named> onlyRight = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      onlyRight.add(new RowScope.Named(null, "", new SqlRelation(List.of(), List::of)));
    }
    onlyRight.add(named.get(last));
    var right = new RowScope(session, onlyRight);
    return new Join(on, left, right, both);
  }

  /** The joined rows; those that can't fulfil the condition may be missing already. */
  Iterable<Object[]> rows(@Nullable ExprNode where) throws SqlError {
    int width = scope.relations().size();
    if (width == 0) {
      return List.<Object[]>of(new Object[0]);
    }
    if (width == 1) {
      return slots(scope.relations().get(0).relation().rows().where(constants(where, scope)), 0, 1);
    }
    Iterable<Object[]> rows = scan(0, width);
    for (int slot = 1; slot < width; slot++) {
      rows = joins.get(slot - 1).rows(list(rows), list(scan(slot, width)), slot);
    }
    return rows;
  }

  /** The columns that the condition wants equal to a literal or a parameter. */
  static Map<String, Object> constants(@Nullable ExprNode where, RowScope scope) throws SqlError {
    Map<String, Object> constants = new HashMap<>();
    for (ExprNode part : Join.conjuncts(where)) {
      if (part instanceof Comparisons.Comparison equal
          && equal.sign().equals("=")
          && equal.left() instanceof Atoms.Name column
          && (equal.right() instanceof Atoms.Literal || equal.right() instanceof Atoms.Parameter)) {
        Object value = scope.bind(equal.right()).of(new Object[0]);
        if (value != null) {
          constants.put(column.toString(), value);
        }
      }
    }
    return constants;
  }

  private Iterable<Object[]> scan(int slot, int width) throws SqlError {
    return slots(scope.relations().get(slot).relation().rows().get(), slot, width);
  }

  private static Iterable<Object[]> slots(Iterable<?> source, int slot, int width) {
    return () -> {
      Iterator<?> iterator = source.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return iterator.hasNext();
        }

        @Override
        public Object[] next() {
          Object[] row = new Object[width];
          row[slot] = iterator.next();
          return row;
        }
      };
    };
  }

  private static List<Object[]> list(Iterable<Object[]> rows) {
    List<Object[]> list = new ArrayList<>();
    rows.forEach(list::add);
    return list;
  }
}
