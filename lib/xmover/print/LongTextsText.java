package xmover.print;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import xmover.detect.LongTexts;
import xmover.detect.LongTexts.RefusedWrite;
import xmover.detect.LongTexts.TextColumn;
import xmover.table.Printable;
import xmover.table.TableRef;

/** The traces of texts too long for an index, for people. */
final class LongTextsText {
  static final String REFUSED = "Writes refused for a text of more than 32,766 bytes";
  static final String COLUMNS = "Columns where such a text may be refused";
  private static final String NOT_TOLD =
      "one that is FULLTEXT, or INDEX OFF STORAGE WITH (columnstore = false), can't: see SHOW"
          + " CREATE TABLE";
  private static final int SHOWN = 10;

  private LongTextsText() {}

  /** Below {@link #REFUSED}. */
  static String refused(LongTexts texts) {
    var writes = texts.refused();
    if (!writes.isReadable()) {
      return line("sys.jobs_log is not readable: " + writes.failure());
    }
    String own = texts.onlyOwn() ? "; without AL a user sees its own statements only" : "";
    if (writes.rows().isEmpty()) {
      return line(
          "nothing found in sys.jobs_log, which proves nothing: rows refused in a bulk leave no"
              + " trace there, and it forgets"
              + own);
    }
    String lines =
        writes.rows().stream()
            .limit(SHOWN)
            .map(write -> line(text(write)))
            .collect(Collectors.joining());
    return lines
        + rest(writes.rows().size(), writes.more())
        + line("not every refused row leaves a trace there" + own);
  }

  private static String text(RefusedWrite write) {
    String last = write.last().map(at -> at.truncatedTo(ChronoUnit.SECONDS) + " by ").orElse("by ");
    String times = write.times() == 1 ? "" : ", %d times".formatted(write.times());
    return "%s: %s%s%s: %s".formatted(write.table(), last, write.user(), times, write.statement());
  }

  /** Below {@link #COLUMNS}. */
  static String columns(LongTexts texts) {
    var columns = texts.columns();
    if (!columns.isReadable()) {
      return line("information_schema.columns is not readable: " + columns.failure());
    }
    if (columns.rows().isEmpty()) {
      return line("none in sight; a column that a write adds may be one, too");
    }
    Map<TableRef, List<String>> byTable =
        columns.rows().stream()
            .collect(
                Collectors.groupingBy(
                    TextColumn::table,
                    LinkedHashMap::new,
                    Collectors.mapping(TextColumn::name, Collectors.toList())));
    String lines =
        byTable.entrySet().stream()
            .map(entry -> line(entry.getKey() + ": " + names(entry.getValue())))
            .collect(Collectors.joining());
    return lines + (columns.more() ? line("and perhaps more") : "") + line(NOT_TOLD);
  }

  private static String names(List<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }

  private static String rest(int all, boolean more) {
    return all > SHOWN || more
        ? line("and %s%d more".formatted(more ? "at least " : "", Math.max(0, all - SHOWN)))
        : "";
  }

  private static String line(String text) {
    return "  " + Printable.line(text) + "\n";
  }
}
