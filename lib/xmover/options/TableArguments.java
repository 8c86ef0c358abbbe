package xmover.options;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xmover.detect.TableFilter;

/** Which tables it is about. */
@Command
public final class TableArguments {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only these tables: names or globs (* and ?), with or without schema. Repeatable, or"
              + " separated by commas.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      split = ",",
      description = "Only tables of these schemas: names or globs.")
  private List<String> schemas = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "NAME",
      split = ",",
      description = "Not these tables: names or globs, with or without schema.")
  private List<String> excluded = new ArrayList<>();

  /** Those that were named; all of them where none was. */
  public TableFilter filter() {
    return new TableFilter(schemas, tables, excluded);
  }
}
