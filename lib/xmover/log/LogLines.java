package xmover.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xmover.json.Json;
import xmover.log.LogOutput.Form;
import xmover.log.LogOutput.Severity;
import xmover.table.PartitionValues;
import xmover.table.Printable;
import xmover.table.TableRef;

/** The lines of a run's log: text for people, or a JSON object each. */
public final class LogLines {
  private final LogOutput output;
  private final String runId;
  private final InstantSource clock;

  public LogLines(LogOutput output, String runId, InstantSource clock) {
    this.output = output;
    this.runId = runId;
    this.clock = clock;
  }

  /** Where they go. */
  public LogOutput output() {
    return output;
  }

  Instant now() {
    return clock.instant();
  }

  /** An event as it is put into words for everybody. */
  void log(EventWords words) {
    log(words.severity(), words.name(), words.table().orElse(null), words.line(), words.fields());
  }

  /** A line about one table, or about the run when there is none. */
  public void log(
      Severity severity,
      String event,
      @Nullable TableRef table,
      String text,
      Consumer<ObjectNode> fields) {
    output.log(
        severity,
        output.form() == Form.json
            ? object(severity, event, table, text, fields).toString()
            : Printable.line(text));
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
            .put("timestamp", Json.timestamp(clock.instant()))
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
