package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The types of a statement's parameters, found out from what each is compared with. */
public final class ParameterTypes {
  private final TreeMap<Integer, ColumnType> types = new TreeMap<>();

  /** Takes down the type a node must have, when it is a parameter not yet known. */
  void expect(ExprNode node, ColumnType type) {
    if (node instanceof Atoms.Parameter parameter) {
      types.putIfAbsent(parameter.index(), type);
    }
  }

  /** From {@code $1} on; what nothing is known of is text. */
  public List<ColumnType> list() {
    List<ColumnType> list = new ArrayList<>();
    int count = types.isEmpty() ? 0 : types.lastKey() + 1;
    for (int i = 0; i < count; i++) {
      list.add(types.getOrDefault(i, ColumnType.TEXT));
    }
    return list;
  }
}
