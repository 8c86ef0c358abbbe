package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of a relation: read from a row of it on demand. An object knows its sub-columns. */
public final class Attribute {
  /** Reads the value from a row of the relation. */
  interface Read {
    @Nullable Object of(Object row);
  }

  private final String name;
  private final ColumnType type;
  private final Read read;
  private final Map<String, Attribute> children;
  private final boolean open;

  private Attribute(
      String name, ColumnType type, Read read, Map<String, Attribute> children, boolean open) {
    this.name = name;
    this.type = type;
    this.read = read;
    this.children = children;
    this.open = open;
  }

  static Attribute plain(String name, ColumnType type, Read read) {
    return new Attribute(name, type, read, Map.of(), false);
  }

  /** An object whose keys are not known beforehand. */
  static Attribute open(String name, Read read) {
    return new Attribute(name, ColumnType.OBJECT, read, Map.of(), true);
  }

  static Attribute object(String name, Read present, Map<String, Attribute> children) {
    Read read = row -> present.of(row) == null ? null : asMap(children, row);
    Map<String, Attribute> reachable = new LinkedHashMap<>();
    children.forEach((key, child) -> reachable.put(key, child.where(present)));
    return new Attribute(name, ColumnType.OBJECT, read, reachable, false);
  }

  /** The same, NULL throughout where {@code present} gives null. */
  private Attribute where(Read present) {
    Map<String, Attribute> reachable = new LinkedHashMap<>();
    children.forEach((key, child) -> reachable.put(key, child.where(present)));
    Read guarded = row -> present.of(row) == null ? null : read.of(row);
    return new Attribute(name, type, guarded, reachable, open);
  }

  /** An array of objects; a sub-column of it is the array of that key's values. */
  static Attribute objects(String name, Read elements, Map<String, Attribute> element) {
    Map<String, Attribute> children = new LinkedHashMap<>();
    element.forEach(
        (key, child) ->
            children.put(
                key,
                plain(key, Cells.arrayOf(child.type), row -> each(elements.of(row), child.read))));
    Read read = row -> each(elements.of(row), one -> asMap(element, one));
    return new Attribute(name, ColumnType.OBJECT_ARRAY, read, children, false);
  }

  private static @Nullable List<Object> each(@Nullable Object elements, Read read) {
    if (!(elements instanceof List<?> list)) {
      return null;
    }
    List<Object> values = new ArrayList<>(list.size());
    for (Object element : list) {
      values.add(read.of(element));
    }
    return values;
  }

  private static Map<String, Object> asMap(Map<String, Attribute> children, Object row) {
    Map<String, Object> map = new LinkedHashMap<>();
    children.forEach((key, child) -> map.put(key, child.read.of(row)));
    return map;
  }

  public String name() {
    return name;
  }

  public ColumnType type() {
    return type;
  }

  /** Whether it has a sub-column under these keys; under none it has itself. */
  public boolean has(List<String> keys) {
    Attribute next = keys.isEmpty() ? null : child(keys.get(0));
    return keys.isEmpty() || (next != null && next.has(keys.subList(1, keys.size())));
  }

  /** The sub-column of that key, null when the object has none. */
  @Nullable Attribute child(String key) {
    if (open) {
      return plain(
          key, ColumnType.TEXT, row -> read.of(row) instanceof Map<?, ?> m ? m.get(key) : null);
    }
    return children.get(key);
  }

  @Nullable Object read(Object row) {
    return read.of(row);
  }
}
