package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries inside expressions; none may refer to the query around it, so each runs once. */
final class Subqueries {
  private Subqueries() {}

  /** Computes on first use. */
  private static final class Once implements Expr.Eval {
    private final Expr.Eval source;
    private boolean known;
    private @Nullable Object value;

    Once(Expr.Eval source) {
      this.source = source;
    }

    @Override
    public @Nullable Object of(Object[] row) throws SqlError {
      if (!known) {
        value = source.of(row);
        known = true;
      }
      return value;
    }
  }

  /** {@code (SELECT …)}: one value, NULL when there is no row. */
  record Scalar(Select select) implements ExprNode {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      Query query = Query.plan(select, scope.session());
      if (query.columns().size() != 1) {
        throw Errors.unsupported("Subqueries with more than 1 column are not supported");
      }
      return new Expr(query.columns().get(0).type(), new Once(row -> single(query.rows())));
    }

    private static @Nullable Object single(List<List<Object>> rows) throws SqlError {
      if (rows.size() > 1) {
        throw Errors.unsupported("Subquery returned more than 1 row when it shouldn't.");
      }
      return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    @Override
    public String toString() {
      return "(SELECT)";
    }
  }

  /** {@code ARRAY(SELECT …)}, and what IN and ANY compare with. */
  record Array(Select select) implements ExprNode {
    @Override
    public Expr bind(Scope scope) throws SqlError {
      Query query = Query.plan(select, scope.session());
      ColumnType type = Cells.arrayOf(query.columns().get(0).type());
      return new Expr(type, new Once(row -> values(query.rows())));
    }

    private static List<Object> values(List<List<Object>> rows) {
      List<Object> values = new ArrayList<>();
      for (List<Object> row : rows) {
        values.add(row.get(0));
      }
      return values;
    }
  }
}
