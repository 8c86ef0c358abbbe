package xmover.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.tinylog.TaggedLogger;
import org.tinylog.configuration.Configuration;
import xmover.table.PartitionValues;
import xmover.table.Printable;
import xmover.table.TableRef;

/** The lines of a run's log: text for people, or a JSON object each. tinylog carries them. */
public final class LogLines {
  /** How the lines look. */
  public enum Form {
    /** {@code 2024-01-15 10:30:16 [INFO] …} */
    console,
    /** One JSON object a line, and nothing else on the stream. */
    json
  }

  /** How much an event matters. */
  public enum Severity {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  private static final AtomicBoolean CONFIGURED = new AtomicBoolean();

  private final Form form;
  private final String runId;
  private final InstantSource clock;
  private final TaggedLogger logger;

  public LogLines(Form form, String runId, InstantSource clock) {
    this.form = form;
    this.runId = runId;
    this.clock = clock;
    this.logger = Logger.tag(form == Form.json ? JsonLines.EVENT : null);
  }

  /**
   * Sets tinylog up for the whole process; has to come before anything is logged. Only the first
   * call counts.
   */
  public static void configure(Form form, Severity least) {
    if (CONFIGURED.compareAndSet(false, true)) {
      Class<?> writer = form == Form.json ? JsonLines.class : ConsoleLines.class;
      Configuration.set("writer", writer.getName());
      Configuration.set("writer.level", least.name());
    }
  }

  /** Has Vert.x tell of threads that are blocked; has to come before anything is logged. */
  public static void tellBlockedThreads() {
    Configuration.set("level@io.vertx.core.internal.threadchecker", "warn");
  }

  /** Waits until every line is written. */
  public static void flush() {
    if (CONFIGURED.get()) {
      FlushMark.await();
    }
  }

  Instant now() {
    return clock.instant();
  }

  /** A line about one table, or about the run when there is none. */
  public void log(
      Severity severity,
      String event,
      @Nullable TableRef table,
      String text,
      Consumer<ObjectNode> fields) {
    String line =
        form == Form.json
            ? object(severity, event, table, text, fields).toString()
            : Printable.line(text);
    switch (severity) {
      case DEBUG -> logger.debug((Object) line);
      case INFO -> logger.info((Object) line);
      case WARN -> logger.warn((Object) line);
      case ERROR -> logger.error((Object) line);
    }
  }

  private ObjectNode object(
      Severity severity,
      String event,
      @Nullable TableRef table,
      String text,
      Consumer<ObjectNode> fields) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("timestamp", JsonLines.timestamp(clock.instant()))
            .put("level", severity.name())
            .put("event", event)
            .put("run_id", runId);
    if (table != null) {
      json.put("table", table.fullName())
          .put("partition", table.partition().map(PartitionValues::toString).orElse(null))
          .put("partition_ident", table.partitionIdent());
    }
    json.put("message", text);
    fields.accept(json);
    return json;
  }
}
