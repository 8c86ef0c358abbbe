package cratesim.sql;

import cratesim.model.SqlError;
import java.util.List;

/** What names mean at some place of a statement. */
interface Scope {
  /** Binds a node here; a grouped scope replaces keys and aggregates. */
  default Expr bind(ExprNode node) throws SqlError {
    return node.bind(this);
  }

  /** A column by its name, perhaps qualified, and the keys of its sub-column. */
  Expr column(List<String> name, List<String> path) throws SqlError;

  Session session();
}
