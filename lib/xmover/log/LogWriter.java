package xmover.log;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.AbstractFormatPatternWriter;

/**
 * The one writer that tinylog has: it hands each entry to the log of the command that its thread
 * works for. Threads work for the command that made them, so that what a library logs comes out
 * where it belongs, too.
 */
public final class LogWriter extends AbstractFormatPatternWriter {
  private static final InheritableThreadLocal<LogOutput> OF_THIS_THREAD =
      new InheritableThreadLocal<>();

  private final LogOutput ofNobody = LogOutput.ofThisProcess();

  /** Called by tinylog with the writer's settings, of which only the format counts. */
  public LogWriter(Map<String, String> settings) {
    super(settings);
  }

  /** From now on this thread works for the command with that log; answers the one before. */
  static @Nullable LogOutput enter(@Nullable LogOutput output) {
    LogOutput before = OF_THIS_THREAD.get();
    if (output == null) {
      OF_THIS_THREAD.remove();
    } else {
      OF_THIS_THREAD.set(output);
    }
    return before;
  }

  static @Nullable LogOutput ofThisThread() {
    return OF_THIS_THREAD.get();
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    var values =
        EnumSet.of(
            LogEntryValue.DATE,
            LogEntryValue.LEVEL,
            LogEntryValue.TAG,
            LogEntryValue.CLASS,
            LogEntryValue.MESSAGE,
            LogEntryValue.EXCEPTION);
    values.addAll(super.getRequiredLogEntryValues());
    return values;
  }

  @Override
  public void write(LogEntry entry) {
    LogOutput output = OF_THIS_THREAD.get();
    (output == null ? ofNobody : output).write(entry, render(entry));
  }

  @Override
  public void flush() {
    // Each log is flushed by the thread that writes it.
  }

  @Override
  public void close() {
    // Whoever opened a log closes it.
  }
}
