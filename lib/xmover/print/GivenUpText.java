package xmover.print;

import java.util.List;
import xmover.cluster.sql.Sql;
import xmover.table.GivenUp;
import xmover.table.Printable;
import xmover.table.TableRef;

/** Copies that CrateDB gave up on, for people, and what has it build them. */
public final class GivenUpText {
  private GivenUpText() {}

  /** A line for each copy and one for each of its tables; empty when there is none. */
  public static String lines(List<GivenUp> copies) {
    var lines = new StringBuilder();
    copies.stream()
        .map(GivenUp::table)
        .distinct()
        .forEach(
            table -> {
              copies.stream()
                  .filter(copy -> copy.table().equals(table))
                  .forEach(copy -> line(lines, "  " + table + ": " + copy.sentence()));
              line(lines, "    " + mend(table));
            });
    return lines.toString();
  }

  private static void line(StringBuilder lines, String text) {
    lines.append(Printable.line(text)).append('\n');
  }

  /** What to do. */
  public static String mend(TableRef table) {
    return ("To mend it type: %s; %s; (needs the privilege AL), or run: xmover"
            + " problematic-translogs --autoexec --remedy auto --table %s")
        .formatted(Sql.flush(table).text(), Sql.retryFailed().text(), unpartitioned(table));
  }

  /** As {@code --table} takes it, which knows no partitions. */
  private static String unpartitioned(TableRef table) {
    return TableRef.of(table.schema(), table.name()).argument();
  }
}
