package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One join step: rows so far with the rows of the next relation, by hash where the ON allows. */
final class Join {
  private final List<Expr> leftKeys = new ArrayList<>();
  private final List<Expr> rightKeys = new ArrayList<>();
  private final List<Expr> conditions = new ArrayList<>();

  /**
   * @param left the relations so far
   * @param right the same and the next one, the others without columns
   */
  Join(@Nullable ExprNode on, RowScope left, RowScope right, RowScope both) throws SqlError {
    for (ExprNode part : conjuncts(on)) {
      if (!(part instanceof Comparisons.Comparison equal
          && equal.sign().equals("=")
          && (addKeys(equal.left(), equal.right(), left, right)
              || addKeys(equal.right(), equal.left(), left, right)))) {
        conditions.add(both.bind(part));
      }
    }
  }

  static List<ExprNode> conjuncts(@Nullable ExprNode condition) {
    List<ExprNode> parts = new ArrayList<>();
    if (condition instanceof Logic.And and) {
      parts.addAll(conjuncts(and.left()));
      parts.addAll(conjuncts(and.right()));
    } else if (condition != null) {
      parts.add(condition);
    }
    return parts;
  }

  private boolean addKeys(ExprNode one, ExprNode other, RowScope left, RowScope right) {
    try {
      Expr leftKey = left.bind(one);
      Expr rightKey = right.bind(other);
      return leftKeys.add(leftKey) && rightKeys.add(rightKey);
    } catch (SqlError notOfThatSide) {
      return false;
    }
  }

  List<Object[]> rows(List<Object[]> leftRows, List<Object[]> rightRows, int slot) throws SqlError {
    Map<List<Object>, List<Object[]>> byKey = new HashMap<>();
    for (Object[] row : rightRows) {
      byKey.computeIfAbsent(key(rightKeys, row), k -> new ArrayList<>()).add(row);
    }
    List<Object[]> joined = new ArrayList<>();
    for (Object[] leftRow : leftRows) {
      List<Object> key = key(leftKeys, leftRow);
      for (Object[] rightRow : key.contains(null) ? none() : byKey.getOrDefault(key, none())) {
        Object[] row = leftRow.clone();
        row[slot] = rightRow[slot];
        if (all(row)) {
          joined.add(row);
        }
      }
    }
    return joined;
  }

  private static List<Object[]> none() {
    return List.of();
  }

  private boolean all(Object[] row) throws SqlError {
    for (Expr condition : conditions) {
      if (!condition.holds(row)) {
        return false;
      }
    }
    return true;
  }

  /** Whole numbers of any width are equal keys. */
  private static List<Object> key(List<Expr> keys, Object[] row) throws SqlError {
    List<Object> values = new ArrayList<>(keys.size());
    for (Expr key : keys) {
      Object value = key.of(row);
      values.add(value instanceof Integer number ? (Object) number.longValue() : value);
    }
    return values;
  }
}
