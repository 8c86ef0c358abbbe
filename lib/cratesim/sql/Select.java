package cratesim.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed SELECT: one core, or several joined by UNION ALL, then sorted and cut. */
record Select(List<Core> cores, List<Order> orderBy, @Nullable ExprNode limit) {

  /** One SELECT … FROM … WHERE … GROUP BY. */
  record Core(
      boolean distinct,
      List<Item> items,
      List<Source> from,
      @Nullable ExprNode where,
      List<ExprNode> groupBy) {}

  /**
   * An output column, or a star.
   *
   * @param expression null for {@code *}
   * @param name the alias
   */
  record Item(@Nullable ExprNode expression, @Nullable String name) {}

  /**
   * A relation of the FROM clause.
   *
   * @param table its name with the schema before it, empty for a sub-select
   * @param on how it joins those before it; null for the first one
   */
  record Source(
      List<String> table, @Nullable Select select, @Nullable String alias, @Nullable ExprNode on) {}

  /** A sort key; NULLs are largest. */
  record Order(ExprNode key, boolean descending) {}
}
