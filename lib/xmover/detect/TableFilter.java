package xmover.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import xmover.table.TableRef;

/**
 * Which tables a command is about, by name or glob ({@code *}, {@code ?}). A table pattern with a
 * dot is held against {@code schema.table}, one without against the table's name alone. Nothing
 * asked for means every table.
 */
public record TableFilter(List<String> schemas, List<String> tables, List<String> excluded) {
  /** Every table. */
  public static final TableFilter ALL = new TableFilter(List.of(), List.of(), List.of());

  public TableFilter {
    schemas = List.copyOf(schemas);
    tables = List.copyOf(tables);
    excluded = List.copyOf(excluded);
  }

  /** True when a command is about this table. */
  public boolean accepts(TableRef table) {
    return (schemas.isEmpty() || schemas.stream().anyMatch(p -> glob(p, table.schema())))
        && (tables.isEmpty() || tables.stream().anyMatch(p -> names(p, table)))
        && excluded.stream().noneMatch(p -> names(p, table));
  }

  /** What was asked for by name but is not there: schemas and tables that match none of these. */
  public List<String> unmatched(Iterable<TableRef> visible) {
    var missing = new ArrayList<>(schemas);
    missing.addAll(tables);
    for (TableRef table : visible) {
      missing.removeIf(
          p ->
              (schemas.contains(p) && glob(p, table.schema()))
                  || (tables.contains(p) && names(p, table)));
    }
    return missing;
  }

  private static boolean names(String pattern, TableRef table) {
    return Stream.of(table.fullName(), table.printedName())
        .map(full -> pattern.contains(".") ? full : full.substring(full.indexOf('.') + 1))
        .anyMatch(name -> glob(pattern, name));
  }

  private static boolean glob(String pattern, String name) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
  }
}
