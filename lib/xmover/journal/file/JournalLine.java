package xmover.journal.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.RunIdentity;
import xmover.table.IndexUuid;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** An entry as one line of JSON. Fields this version does not know are ignored. */
public final class JournalLine {
  /** Since 3 an entry says which cluster and which index it is about; before, names alone. */
  private static final int FORMAT = 3;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JournalLine() {}

  /** Written by a version that knows more, which this one must not misunderstand. */
  static final class Newer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Newer(long format, int newest) {
      super("format " + format + ", this one knows " + newest);
    }
  }

  /** The entry as JSON, without a line break. */
  static byte[] of(JournalEntry entry) throws IOException {
    ObjectNode line = put(begun(FORMAT, entry.run()), entry.table());
    entry
        .identity()
        .ifPresent(
            identity ->
                line.put("cluster", identity.clusterId()).put("uuid", identity.uuid().text()));
    line.put("original", entry.original().text());
    OpenEnds ends = entry.ends();
    ends.interim().ifPresent(interim -> line.put("interim", interim.text()));
    line.put("primaries", entry.primaries()).put("state", entry.state().name());
    entry.restore().ifPresent(restore -> line.put("restore", restore.name()));
    ends.missingSince().ifPresent(missing -> line.put("missing_since", missing.toString()));
    if (ends.late()) {
      line.put("late", true);
    }
    ends.strayText().ifPresent(stray -> line.put("stray", stray));
    return JSON.writeValueAsBytes(
        line.put("since", entry.since().toString()).put("at", entry.at().toString()));
  }

  /** The beginning of a line: its format, and who wrote it. */
  static ObjectNode begun(int format, RunIdentity run) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("v", format)
            .put("run", run.runId())
            .put("user", run.user())
            .put("host", run.host())
            .put("started", run.started().toString());
    if (!run.addresses().isEmpty()) {
      run.addresses().forEach(line.putArray("addresses")::add);
    }
    return line;
  }

  /** Adds which table a line is about. */
  static ObjectNode put(ObjectNode line, TableRef table) {
    line.put("schema", table.schema()).put("table", table.name());
    table
        .partition()
        .ifPresent(
            partition ->
                line.putObject("partition")
                    .put("ident", partition.ident())
                    .set("values", JSON.valueToTree(partition.values())));
    return line;
  }

  /** Who wrote a line. */
  static RunIdentity run(JsonNode line) throws IOException {
    return new RunIdentity(
        text(line, "run"),
        text(line, "user"),
        text(line, "host"),
        Instant.parse(text(line, "started")),
        line.path("addresses").valueStream().map(JsonNode::asText).toList());
  }

  /** The line as JSON; fails when it is cut. */
  public static JsonNode parse(byte[] line) throws IOException {
    return JSON.readTree(line);
  }

  /** Reads an entry; anything but a newer version that can't be read is an IOException. */
  static JournalEntry entry(JsonNode line) throws IOException {
    requireFormat(line, FORMAT);
    try {
      Instant at = Instant.parse(text(line, "at"));
      TableRef table = table(line);
      return new JournalEntry(
          run(line),
          table,
          identity(line),
          new ReplicaSetting(text(line, "original")),
          line.path("primaries").asLong(),
          ResetState.valueOf(text(line, "state")),
          optional(line, "restore").map(RestoreOutcome::valueOf),
          OpenEnds.of(
              line.path("late").asBoolean(),
              optional(line, "interim").map(ReplicaSetting::new),
              optional(line, "missing_since").map(Instant::parse),
              table,
              optional(line, "stray")),
          optional(line, "since").map(Instant::parse).orElse(at),
          at);
    } catch (RuntimeException invalid) {
      throw new IOException(invalid.getMessage(), invalid);
    }
  }

  private static Optional<TableIdentity> identity(JsonNode line) {
    return optional(line, "cluster")
        .flatMap(
            cluster ->
                optional(line, "uuid")
                    .map(uuid -> new TableIdentity(cluster, new IndexUuid(uuid))));
  }

  private static Optional<String> optional(JsonNode line, String field) {
    return Optional.ofNullable(line.path(field).textValue());
  }

  static void requireFormat(JsonNode line, int newest) throws IOException {
    JsonNode told = line.path("v");
    // Of a number beyond all longs asLong() gives the lowest bits.
    long format = told.isBigInteger() ? Long.MAX_VALUE : told.asLong();
    if (format > newest) {
      throw new Newer(format, newest);
    }
    if (format < 1) {
      throw new IOException("it has no format version (\"v\")");
    }
  }

  /** Which table a line is about. */
  static TableRef table(JsonNode line) throws IOException {
    TableRef table = TableRef.of(text(line, "schema"), text(line, "table"));
    JsonNode partition = line.path("partition");
    if (!partition.isObject()) {
      return table;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : partition.path("values").properties()) {
      values.put(value.getKey(), JSON.treeToValue(value.getValue(), Object.class));
    }
    return table.partition(new PartitionValues(text(partition, "ident"), values));
  }

  static String text(JsonNode object, String field) throws IOException {
    if (object.path(field).isTextual()) {
      return object.path(field).textValue();
    }
    throw new IOException("it has no text \"" + field + "\"");
  }
}
