package xmover.observe;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.ConsoleWriter;
import org.tinylog.writers.Writer;

/** A tinylog writer for people: tinylog's own console, which can be waited for. */
public final class ConsoleLines implements Writer {
  private static volatile Screen screen = Runnable::run;

  private final ConsoleWriter console;

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

  /** Called by tinylog with the writer's settings, which are those of its console. */
  public ConsoleLines(Map<String, String> settings) {
    console = new ConsoleWriter(settings);
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    var values = EnumSet.of(LogEntryValue.TAG);
    values.addAll(console.getRequiredLogEntryValues());
    return values;
  }

  @Override
  public void write(LogEntry entry) {
    if (!FlushMark.reached(entry)) {
      screen.aside(() -> console.write(entry));
    }
  }

  @Override
  public void flush() {
    console.flush();
  }

  @Override
  public void close() {
    console.close();
  }
}
