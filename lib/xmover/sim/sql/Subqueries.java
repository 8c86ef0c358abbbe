package xmover.sim.sql;

import java.util.ArrayList;
import java.util.List;
import xmover.sim.SqlAnswer.ColumnType;
import xmover.sim.SqlError;

/** Queries inside expressions; none may refer to the query around it. */
final class Subqueries {
  private Subqueries() {}

  /** {@code (SELECT …)}: one value, NULL when there is no row. */
  record Scalar(Select select) implements Node {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      Query query = Query.plan(select, scope.session());
      if (query.columns().size() != 1) {
        throw Errors.unsupported("Subqueries with more than 1 column are not supported");
      }
      List<List<Object>> rows = query.rows();
      if (rows.size() > 1) {
        throw Errors.unsupported("Subquery returned more than 1 row when it shouldn't.");
      }
      ColumnType type = query.columns().get(0).type();
      return Expr.constant(type, rows.isEmpty() ? null : rows.get(0).get(0));
    }

    @Override
    public String toString() {
      return "(SELECT)";
    }
  }

  /** {@code ARRAY(SELECT …)}, and what IN and ANY compare with. */
  record Array(Select select) implements Node {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      Query query = Query.plan(select, scope.session());
      List<Object> values = new ArrayList<>();
      for (List<Object> row : query.rows()) {
        values.add(row.get(0));
      }
      return Expr.constant(Cells.arrayOf(query.columns().get(0).type()), values);
    }
  }

  record Exists(Select select) implements Node {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      boolean found = !Query.plan(select, scope.session()).rows().isEmpty();
      return Expr.constant(ColumnType.BOOLEAN, found);
    }
  }
}
