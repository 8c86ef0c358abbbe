package xmover.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * A tinylog writer that puts one JSON object a line on stderr, whoever logs: our own events as they
 * are, and what libraries log wrapped, so that every line of the stream parses.
 */
public final class JsonLines implements Writer {
  /** Marks an entry whose message is an event's JSON already. */
  static final String EVENT = "event";

  private final PrintStream stream =
      new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);

  /** Called by tinylog with the writer's settings; there are none. */
  @SuppressWarnings("unused")
  public JsonLines(Map<String, String> settings) {}

  static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(
        LogEntryValue.DATE,
        LogEntryValue.LEVEL,
        LogEntryValue.TAG,
        LogEntryValue.CLASS,
        LogEntryValue.MESSAGE,
        LogEntryValue.EXCEPTION);
  }

  @Override
  public void write(LogEntry entry) {
    stream.println(EVENT.equals(entry.getTag()) ? entry.getMessage() : wrapped(entry));
    stream.flush();
  }

  private static String wrapped(LogEntry entry) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("timestamp", entry.getTimestamp().toInstant().toString())
            .put("level", entry.getLevel().name())
            .put("event", "log")
            .put("logger", entry.getClassName())
            .put("message", entry.getMessage());
    if (entry.getException() != null) {
      line.put("error", entry.getException().toString()).put("stack", stack(entry.getException()));
    }
    return line.toString();
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public void close() {
    stream.flush();
  }
}
