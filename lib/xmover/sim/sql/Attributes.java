package xmover.sim.sql;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xmover.sim.SqlAnswer.ColumnType;

/** Declares the columns of a relation whose rows are of type {@code R}, in any order. */
public final class Attributes<R> {
  /** Reads one cell from a row. */
  public interface Cell<R> {
    @Nullable Object of(R row);
  }

  private final Map<String, Attribute> declared = new LinkedHashMap<>();

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
    declared.put(name, Attribute.plain(name, type, erased(cell)));
    return this;
  }

  /** An object with keys of its own in each row. */
  public Attributes<R> open(String name, Cell<R> cell) {
    declared.put(name, Attribute.open(name, erased(cell)));
    return this;
  }

  public Attributes<R> object(String name, Consumer<Attributes<R>> children) {
    return objectWhere(name, row -> true, children);
  }

  /** An object that is NULL where {@code present} gives null. */
  public Attributes<R> objectWhere(String name, Cell<R> present, Consumer<Attributes<R>> children) {
    Attributes<R> inner = new Attributes<>();
    children.accept(inner);
    declared.put(name, Attribute.object(name, erased(present), inner.declared));
    return this;
  }

  /** An array of objects: one for each element of the list that {@code elements} gives. */
  public <E> Attributes<R> objects(
      String name, Cell<R> elements, Consumer<Attributes<E>> children) {
    Attributes<E> inner = new Attributes<>();
    children.accept(inner);
    declared.put(name, Attribute.objects(name, erased(elements), inner.declared));
    return this;
  }

  /** The columns by name, which is how CrateDB puts them in a {@code SELECT *}. */
  public Collection<Attribute> list() {
    return List.copyOf(new TreeMap<>(declared).values());
  }

  @SuppressWarnings("unchecked") // A relation is built with the rows its attributes read.
  private static <R> Attribute.Read erased(Cell<R> cell) {
    return row -> cell.of((R) row);
  }
}
