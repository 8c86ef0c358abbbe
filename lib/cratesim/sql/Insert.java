package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT INTO … VALUES …}.
 *
 * @param columns empty for all of them
 * @param conflict null when a row that is there already is an error
 */
record Insert(
    Target target, List<String> columns, List<List<ExprNode>> values, @Nullable Conflict conflict)
    implements ParsedStatement.Change {

  /**
   * {@code ON CONFLICT (key) DO …}.
   *
   * @param key empty when none is given
   * @param assignments empty for DO NOTHING
   */
  record Conflict(List<String> key, List<RowChange.Assignment> assignments) {}

  @Override
  public String tag() {
    return "INSERT";
  }

  @Override
  public Plan plan(Session session, RowTable table) throws SqlError {
    List<String> names = columns.isEmpty() ? table.columnNames() : columns;
    checkKey(names, table);
    List<Map<String, Expr>> rows = new ArrayList<>();
    for (List<ExprNode> row : values) {
      rows.add(bind(names, row, session, table));
    }
    Map<String, Expr> onConflict =
        conflict == null ? Map.of() : onConflict(conflict, session, table);
    return () -> insert(rows, onConflict, table);
  }

  private static void checkKey(List<String> names, RowTable table) throws SqlError {
    for (String column : table.primaryKey()) {
      if (!names.contains(column)) {
        throw Errors.invalid(
            "Column \"" + column + "\" is required but is missing from the insert statement");
      }
    }
  }

  private static Map<String, Expr> bind(
      List<String> names, List<ExprNode> row, Session session, RowTable table) throws SqlError {
    if (names.size() != row.size()) {
      throw Errors.invalid(
          "Number of target columns ("
              + String.join(", ", names)
              + ") of insert statement doesn't match number of source columns ("
              + IntStream.rangeClosed(1, row.size())
                  .mapToObj(i -> "col" + i)
                  .collect(Collectors.joining(", "))
              + ")");
    }
    var scope = new RowScope(session, List.of());
    Map<String, Expr> bound = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      session.parameterTypes().expect(row.get(i), table.type(names.get(i)));
      bound.put(names.get(i), scope.bind(row.get(i)));
    }
    return bound;
  }

  private Map<String, Expr> onConflict(Conflict conflict, Session session, RowTable table)
      throws SqlError {
    List<String> key = conflict.key();
    if (!key.isEmpty() && key.size() != table.primaryKey().size()) {
      throw Errors.invalid(
          "Number of conflict targets (%s) did not match the number of primary key columns (%s)"
              .formatted(key.stream().map(k -> '"' + k + '"').toList(), table.primaryKey()));
    }
    var scope = new Excluded(RowChange.scope(target, session, table));
    return RowChange.bind(conflict.assignments(), scope, table);
  }

  /** Beside the row that is there, {@code excluded} names the one that was to be inserted. */
  private record Excluded(RowScope existing) implements Scope {
    @Override
    public Expr column(List<String> name, List<String> path) throws SqlError {
      if (!name.get(0).equals("excluded")) {
        return existing.column(name, path);
      }
      Expr column = existing.column(name.subList(1, name.size()), path);
      return new Expr(column.type(), row -> column.of(new Object[] {row[1]}));
    }

    @Override
    public Session session() {
      return existing.session();
    }
  }

  private long insert(List<Map<String, Expr>> rows, Map<String, Expr> onConflict, RowTable table)
      throws SqlError {
    long inserted = 0;
    for (Map<String, Expr> row : rows) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (Map.Entry<String, Expr> cell : row.entrySet()) {
        Object value = cell.getValue().of(new Object[0]);
        cells.put(cell.getKey(), Cells.cast(value, table.type(cell.getKey())));
      }
      inserted += insert(cells, onConflict, table) ? 1 : 0;
    }
    return inserted;
  }

  private boolean insert(Map<String, Object> cells, Map<String, Expr> onConflict, RowTable table)
      throws SqlError {
    List<Object> key = table.key(cells);
    RowTable.Stored existing = table.row(key);
    if (existing == null) {
      return put(key, cells, table);
    }
    // Of several rows CrateDB inserts those it can, and counts them.
    if (conflict == null && values.size() == 1) {
      throw Errors.duplicateKey();
    }
    if (onConflict.isEmpty()) {
      return false;
    }
    Object[] slots = {existing, new RowTable.Stored(key, cells, 0)};
    return put(key, RowChange.changed(existing, onConflict, slots, table), table);
  }

  private boolean put(List<Object> key, Map<String, Object> cells, RowTable table) throws SqlError {
    try {
      table.put(key, cells);
      return true;
    } catch (SqlError refused) {
      if (values.size() == 1) {
        throw refused;
      }
      return false;
    }
  }
}
