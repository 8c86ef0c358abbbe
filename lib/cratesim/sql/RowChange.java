package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code UPDATE} and {@code DELETE}: they change rows that are there. */
final class RowChange {
  private RowChange() {}

  /** {@code column = value} of a SET clause. */
  record Assignment(String column, ExprNode value) {}

  /** {@code UPDATE … SET … WHERE …}. */
  record Update(Target target, List<Assignment> assignments, @Nullable ExprNode where)
      implements ParsedStatement.Change {
    @Override
    public String tag() {
      return "UPDATE";
    }

    @Override
    public Plan plan(Session session, RowTable table) throws SqlError {
      RowScope scope = scope(target, session, table);
      Map<String, Expr> changes = bind(assignments, scope, table);
      table.matching(where, scope);
      return () -> {
        List<RowTable.Stored> matching = table.matching(where, scope);
        for (RowTable.Stored row : matching) {
          Map<String, Object> cells = changed(row, changes, new Object[] {row}, table);
          table.put(row.key(), cells);
        }
        return matching.size();
      };
    }
  }

  /** {@code DELETE FROM … WHERE …}. */
  record Delete(Target target, @Nullable ExprNode where) implements ParsedStatement.Change {
    @Override
    public String tag() {
      return "DELETE";
    }

    @Override
    public Plan plan(Session session, RowTable table) throws SqlError {
      RowScope scope = scope(target, session, table);
      table.matching(where, scope);
      return () -> {
        List<RowTable.Stored> matching = new ArrayList<>(table.matching(where, scope));
        matching.removeIf(row -> table.row(row.key()) == null);
        matching.forEach(row -> table.remove(row.key()));
        return matching.size();
      };
    }
  }

  static RowScope scope(ParsedStatement.Target target, Session session, RowTable table) {
    var named =
        new RowScope.Named(target.schema(), target.table(), table.relation(session.nowMillis()));
    return new RowScope(session, List.of(named));
  }

  /** The assignments by column; a primary key stays as it is. */
  static Map<String, Expr> bind(List<Assignment> assignments, Scope scope, RowTable table)
      throws SqlError {
    Map<String, Expr> bound = new LinkedHashMap<>();
    for (Assignment assignment : assignments) {
      String column = assignment.column();
      scope.session().parameterTypes().expect(assignment.value(), table.type(column));
      if (table.primaryKey().contains(column)) {
        throw Errors.primaryKeyUpdate(column);
      }
      bound.put(column, scope.bind(assignment.value()));
    }
    return bound;
  }

  /** The cells of a row after the changes, which are computed over these slots. */
  static Map<String, Object> changed(
      RowTable.Stored row, Map<String, Expr> changes, Object[] slots, RowTable table)
      throws SqlError {
    Map<String, Object> cells = new LinkedHashMap<>(row.cells());
    for (Map.Entry<String, Expr> change : changes.entrySet()) {
      Object value = change.getValue().of(slots);
      cells.put(change.getKey(), Cells.cast(value, table.type(change.getKey())));
    }
    return cells;
  }
}
