package cratesim.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed SELECT: one core, or several joined by UNION ALL, then sorted and cut. */
record Select(List<Core> cores, List<Order> orderBy, @Nullable Node limit, @Nullable Node offset) {

  /** One SELECT … FROM … WHERE … GROUP BY … HAVING. */
  record Core(
      boolean distinct,
      List<Item> items,
      List<Source> from,
      @Nullable Node where,
      List<Node> groupBy,
      @Nullable Node having) {}

  /**
   * An output column, or a star.
   *
   * @param expression null for {@code *}
   * @param name the alias; before a star the table
   */
  record Item(@Nullable Node expression, @Nullable String name) {}

  /** How a relation joins those before it; the first one and those after a comma are CROSS. */
  enum JoinKind {
    CROSS,
    INNER,
    LEFT
  }

  /**
   * A relation of the FROM clause.
   *
   * @param table its name with the schema before it, empty for a sub-select
   */
  record Source(
      JoinKind kind,
      List<String> table,
      @Nullable Select select,
      @Nullable String alias,
      @Nullable Node on) {}

  /** A sort key; NULLs are largest unless told otherwise. */
  record Order(Node key, boolean descending, boolean nullsFirst) {}
}
