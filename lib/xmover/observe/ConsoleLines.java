package xmover.observe;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.AbstractFormatPatternWriter;
import xmover.table.Printable;

/**
 * A tinylog writer for people, on stderr, which can be waited for. Only a log line begins at the
 * margin, whoever logs: what follows it, as a stack trace does, is indented.
 */
public final class ConsoleLines extends AbstractFormatPatternWriter {
  private static volatile Screen screen = Runnable::run;

  /** Something that is drawn where the lines go. */
  @FunctionalInterface
  interface Screen {
    /** Makes room, lets the lines be written, and draws itself anew below them. */
    void aside(Runnable lines);
  }

  /** From now on lines are written beside this. */
  static void show(Screen beside) {
    screen = beside;
  }

  /** Called by tinylog with the writer's settings, of which only the format counts. */
  public ConsoleLines(Map<String, String> settings) {
    super(settings);
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    var values = EnumSet.of(LogEntryValue.TAG);
    values.addAll(super.getRequiredLogEntryValues());
    return values;
  }

  @Override
  public void write(LogEntry entry) {
    if (!FlushMark.reached(entry)) {
      screen.aside(() -> System.err.print(printable(render(entry))));
    }
  }

  /** A whole entry, which ends with a line break. */
  static String printable(String entry) {
    return Printable.lines(entry).stripTrailing().replaceAll("\r?+\n(?!\t)", "\n    ") + "\n";
  }

  @Override
  public void flush() {
    System.err.flush();
  }

  @Override
  public void close() {
    System.err.flush();
  }
}
