package cratesim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import cratesim.model.SqlError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tells in a row of {@code sys.shards} whether a copy misses an operation. */
record SickRow(
    String role,
    String state,
    long documents,
    @Nullable Long max,
    @Nullable Long local,
    @Nullable Long global,
    @Nullable Long waiting) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROWS =
      "SELECT id, \"primary\", routing_state, num_docs, seq_no_stats, translog_stats"
          + " FROM sys.shards WHERE table_name = '%s' ORDER BY id, \"primary\" DESC, node['name']";

  /** The copies of the first shard, as a real CrateDB showed them: the primary, then replicas. */
  static List<SickRow> recorded(String name) {
    return of(file(name).path("body"));
  }

  /** What a real CrateDB said to an INSERT. */
  static String recordedError(String name) {
    return file(name).path("body").path("error").path("message").asText();
  }

  private static JsonNode file(String name) {
    try (var file = SickRow.class.getResourceAsStream("/recorded-sick/" + name + ".json")) {
      return JSON.readTree(Objects.requireNonNull(file, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same from the simulated cluster. */
  static List<SickRow> of(SimulatedCluster cluster, String table) {
    try {
      return of(HttpForm.of(cluster.execute("crate", ROWS.formatted(table), List.of())));
    } catch (SqlError e) {
      throw new AssertionError(e);
    }
  }

  private static List<SickRow> of(JsonNode body) {
    List<String> columns = new ArrayList<>();
    body.path("cols").forEach(column -> columns.add(column.asText()));
    List<SickRow> rows = new ArrayList<>();
    for (JsonNode row : body.path("rows")) {
      if (row.path(columns.indexOf("id")).asInt() == 0) {
        JsonNode numbers = row.path(columns.indexOf("seq_no_stats"));
        rows.add(
            new SickRow(
                row.path(columns.indexOf("primary")).asBoolean() ? "primary" : "replica",
                row.path(columns.indexOf("routing_state")).asText(),
                row.path(columns.indexOf("num_docs")).asLong(),
                number(numbers.path("max_seq_no")),
                number(numbers.path("local_checkpoint")),
                number(numbers.path("global_checkpoint")),
                number(
                    row.path(columns.indexOf("translog_stats")).path("uncommitted_operations"))));
      }
    }
    return rows;
  }

  private static @Nullable Long number(JsonNode value) {
    return value.isNumber() ? (Long) value.asLong() : null;
  }

  boolean hasHole() {
    return local != null && max != null && local < max;
  }
}
