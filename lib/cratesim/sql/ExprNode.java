package cratesim.sql;

import cratesim.model.SqlError;
import java.util.List;

/** A parsed expression; equal nodes mean the same. */
interface ExprNode {
  /** The expression over the rows of a scope; sub-expressions go through {@link Scope#bind}. */
  Expr bind(Scope scope) throws SqlError;

  /** The name of the column it becomes where no other is given. */
  default String columnName() {
    return toString();
  }

  /** The expressions inside this one; those of sub-queries are not. */
  default List<ExprNode> children() {
    return List.of();
  }

  /** True when an aggregate is somewhere inside. */
  default boolean hasAggregate() {
    return children().stream().anyMatch(ExprNode::hasAggregate);
  }
}
