package xmover.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tinylog.core.LogEntry;
import xmover.json.Json;
import xmover.log.LogOutput.Severity;
import xmover.table.Printable;

/** One JSON object a line, so that every line of the stream parses. */
public final class JsonLines {
  /** Marks an entry whose message is an event's JSON already. */
  static final String EVENT = "event";

  private JsonLines() {}

  /**
   * The line of an error that ends a command, in the form of all other lines.
   *
   * @param stackOf whose stack trace belongs into it; null for none
   */
  public static String error(Instant time, String sentence, @Nullable Throwable stackOf) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("timestamp", Json.timestamp(time))
            .put("level", Severity.ERROR.name())
            .put("event", "error")
            .put("error", sentence);
    if (stackOf != null) {
      line.put("stack", stack(stackOf));
    }
    return Printable.line(line.toString());
  }

  static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Our own events as they are, and what libraries log wrapped; with a line break. */
  static String line(LogEntry entry) {
    // Inside a JSON text every character may be spelled out, and outside there is none to spell.
    return Printable.line(EVENT.equals(entry.getTag()) ? entry.getMessage() : wrapped(entry))
        + "\n";
  }

  private static String wrapped(LogEntry entry) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("timestamp", Json.timestamp(entry.getTimestamp().toInstant()))
            .put("level", entry.getLevel().name())
            .put("event", "log")
            .put("logger", entry.getClassName())
            .put("message", entry.getMessage());
    if (entry.getException() != null) {
      line.put("error", entry.getException().toString()).put("stack", stack(entry.getException()));
    }
    return line.toString();
  }
}
