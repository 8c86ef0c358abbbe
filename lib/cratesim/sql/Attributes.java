package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares the columns of a relation whose rows are of type {@code R}, in any order. */
public final class Attributes<R> {
  /** Reads one cell from a row. */
  public interface Cell<R> {
    @Nullable Object of(R row);
  }

  /** Values that a row shows instead of its own, by their columns; keys of objects after dots. */
  public interface Instead<R> {
    Map<String, Object> of(R row);
  }

  private final Map<String, Attribute> declared = new LinkedHashMap<>();
  private final Instead<R> instead;
  private final String prefix;

  public Attributes() {
    this(row -> Map.of());
  }

  public Attributes(Instead<R> instead) {
    this(instead, "");
  }

  private Attributes(Instead<R> instead, String prefix) {
    this.instead = instead;
    this.prefix = prefix;
  }

  public Attributes<R> text(String name, Cell<R> cell) {
    return plain(name, ColumnType.TEXT, cell);
  }

  public Attributes<R> bool(String name, Cell<R> cell) {
    return plain(name, ColumnType.BOOLEAN, cell);
  }

  public Attributes<R> smallint(String name, Cell<R> cell) {
    return plain(name, ColumnType.SMALLINT, cell);
  }

  public Attributes<R> integer(String name, Cell<R> cell) {
    return plain(name, ColumnType.INTEGER, cell);
  }

  public Attributes<R> bigint(String name, Cell<R> cell) {
    return plain(name, ColumnType.BIGINT, cell);
  }

  public Attributes<R> real(String name, Cell<R> cell) {
    return plain(name, ColumnType.REAL, cell);
  }

  /** Milliseconds since 1970. */
  public Attributes<R> timestamp(String name, Cell<R> cell) {
    return plain(name, ColumnType.TIMESTAMP, cell);
  }

  public Attributes<R> texts(String name, Cell<R> cell) {
    return plain(name, ColumnType.TEXT_ARRAY, cell);
  }

  /** A column of any type that is no object. */
  public Attributes<R> plain(String name, ColumnType type, Cell<R> cell) {
    declared.put(name, Attribute.plain(name, type, erased(name, cell)));
    return this;
  }

  /** An object with keys of its own in each row. */
  public Attributes<R> open(String name, Cell<R> cell) {
    declared.put(name, Attribute.open(name, erased(name, cell)));
    return this;
  }

  public Attributes<R> object(String name, Consumer<Attributes<R>> children) {
    return objectWhere(name, row -> true, children);
  }

  /** An object that is NULL where {@code present} gives null. */
  public Attributes<R> objectWhere(String name, Cell<R> present, Consumer<Attributes<R>> children) {
    Attributes<R> inner = new Attributes<>(instead, prefix + name + ".");
    children.accept(inner);
    declared.put(name, Attribute.object(name, erased(name, present), inner.declared));
    return this;
  }

  /** An array of objects: one for each element of the list that {@code elements} gives. */
  public <E> Attributes<R> objects(
      String name, Cell<R> elements, Consumer<Attributes<E>> children) {
    Attributes<E> inner = new Attributes<>();
    children.accept(inner);
    declared.put(name, Attribute.objects(name, erased(name, elements), inner.declared));
    return this;
  }

  /** The columns by name, which is how CrateDB puts them in a {@code SELECT *}. */
  public Collection<Attribute> list() {
    return List.copyOf(new TreeMap<>(declared).values());
  }

  @SuppressWarnings("unchecked") // A relation is built with the rows its attributes read.
  private Attribute.Read erased(String name, Cell<R> cell) {
    String column = prefix + name;
    return row -> {
      Map<String, Object> odd = instead.of((R) row);
      return odd.containsKey(column) ? odd.get(column) : cell.of((R) row);
    };
  }
}
