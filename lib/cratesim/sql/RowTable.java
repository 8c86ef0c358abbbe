package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that a user created. As in CrateDB a row is found by its primary key at once,
 * by anything else only after a refresh.
 */
public final class RowTable {
  private static final long REFRESH_MILLIS = 1000;

  /** Bytes of the longest text that can be indexed. */
  static final int LONGEST_TERM = 32_766;

  private static final int ROW_BYTES = 64;

  /** Is told of every operation, by the key of its row. */
  public interface Writes {
    /**
     * A row was stored or removed.
     *
     * @param more how many rows there are more now: 1, 0 or -1
     */
    void done(List<Object> key, long bytes, int more);

    /** A row was refused only when its operation had got its number. */
    void refused(List<Object> key);
  }

  /** A column as it was declared. */
  public record Column(String name, ColumnType type) {}

  /** One version of a row. */
  record Stored(List<Object> key, Map<String, Object> cells, long seqNo) {}

  private final List<Column> columns;
  private final List<String> primaryKey;
  private final Map<List<Object>, Stored> rows = new LinkedHashMap<>();
  private List<Stored> visible = List.of();
  private long refreshed;
  private long changes;
  private @Nullable Writes writes;

  public RowTable(List<Column> columns, List<String> primaryKey) {
    this.columns = new ArrayList<>(columns);
    this.primaryKey = List.copyOf(primaryKey);
  }

  public void tell(Writes listener) {
    writes = listener;
  }

  public List<Column> columns() {
    return List.copyOf(columns);
  }

  /** Adds columns; the rows there are have no value in them. */
  public void add(List<Column> more) {
    columns.addAll(more);
  }

  List<String> primaryKey() {
    return primaryKey;
  }

  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  ColumnType type(String column) throws SqlError {
    return columns.stream()
        .filter(one -> one.name().equals(column))
        .findFirst()
        .map(Column::type)
        .orElseThrow(() -> Errors.unknownColumn(column));
  }

  /** Lets every query see what was written so far. */
  public void refresh(long nowMillis) {
    visible = List.copyOf(rows.values());
    refreshed = nowMillis;
  }

  /** The table to be read at that time; it refreshes itself each second. */
  public SqlRelation relation(long nowMillis) {
    if (nowMillis - refreshed >= REFRESH_MILLIS) {
      refresh(nowMillis);
    }
    List<Attribute> attributes = new ArrayList<>();
    for (Column column : columns) {
      attributes.add(
          Attribute.plain(column.name(), column.type(), r -> stored(r).cells.get(column.name())));
    }
    var hidden =
        List.of(
            Attribute.plain("_seq_no", ColumnType.BIGINT, row -> stored(row).seqNo),
            Attribute.plain("_primary_term", ColumnType.BIGINT, row -> 1L));
    return new SqlRelation(attributes, hidden, new Found());
  }

  private static Stored stored(Object row) {
    return (Stored) row;
  }

  private final class Found implements SqlRelation.Rows {
    @Override
    public Iterable<?> get() {
      return visible;
    }

    @Override
    public Iterable<?> where(Map<String, Object> values) throws SqlError {
      if (primaryKey.isEmpty() || !values.keySet().containsAll(primaryKey)) {
        return visible;
      }
      Stored row = rows.get(key(values));
      return row == null ? List.of() : List.of(row);
    }
  }

  /** The row of that key as it is now, null when there is none. */
  @Nullable Stored row(List<Object> key) {
    return rows.get(key);
  }

  /** The values of the primary key's columns, typed; a table without one gives each row its own. */
  List<Object> key(Map<String, Object> cells) throws SqlError {
    if (primaryKey.isEmpty()) {
      return List.of(changes);
    }
    List<Object> key = new ArrayList<>();
    for (String column : primaryKey) {
      Object value = Cells.cast(cells.get(column), type(column));
      if (value == null) {
        throw Errors.invalid("A primary key value must not be NULL");
      }
      key.add(value);
    }
    return key;
  }

  /** Refuses a text that is too long. */
  void put(List<Object> key, Map<String, Object> cells) throws SqlError {
    long bytes = ROW_BYTES;
    for (int i = 0; i < columns.size(); i++) {
      byte[] text = text(cells.get(columns.get(i).name()));
      if (text.length > LONGEST_TERM) {
        changes++;
        if (writes != null) {
          writes.refused(key);
        }
        throw Errors.immenseTerm(i + 1, text);
      }
      bytes += text.length;
    }
    var copy = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    Stored before = rows.put(key, new Stored(key, copy, changes++));
    done(key, bytes, before == null ? 1 : 0);
  }

  private static byte[] text(@Nullable Object value) {
    return (value instanceof String text ? text : "").getBytes(StandardCharsets.UTF_8);
  }

  void remove(List<Object> key) {
    Stored before = rows.remove(key);
    changes++;
    done(key, ROW_BYTES, before == null ? 0 : -1);
  }

  private void done(List<Object> key, long bytes, int more) {
    if (writes != null) {
      writes.done(key, bytes, more);
    }
  }

  /** The rows a condition holds for, as far as they can be seen. */
  List<Stored> matching(@Nullable ExprNode where, RowScope scope) throws SqlError {
    Expr condition = scope.bind(where == null ? new Atoms.Literal(true) : where);
    List<Stored> matching = new ArrayList<>();
    for (Object row : new Found().where(FromClause.constants(where, scope))) {
      if (condition.holds(new Object[] {row})) {
        matching.add(stored(row));
      }
    }
    return matching;
  }
}
