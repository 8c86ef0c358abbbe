package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator is told which refused writes may have made a table sick, and nobody's data. */
class LongTextsTest {
  private static final String HOLE =
      """
      {"name": "doc.hole", "replicas": "1", "size": "9gb", "documents": 9000000,
       "stuck_translog": "2gb", "stuck": "hole"}
      """;
  private static final String REFUSED = "Writes refused for a text of more than 32,766 bytes\n";

  @TempDir Path folder;
  private WiredCluster cluster;

  @AfterEach
  void close() {
    cluster.close();
  }

  private void start(String jobs, String tables) throws IOException {
    String users =
        """
        "users": [{"name": "visitor", "privileges": [
          {"type": "DQL", "on": "SCHEMA", "ident": "sys"},
          {"type": "DDL", "on": "TABLE", "ident": "doc.hole"}]}],
        """;
    cluster = new WiredCluster(folder, users + "\"jobs\": [" + jobs + "],", tables);
  }

  private static String job(String user, double begins, String statement, String error) {
    return """
    {"user": "%s", "begins": %s, "seconds": 1, "statement": "%s", "error": "%s"}
    """
        .formatted(user, begins, statement, error);
  }

  private static String refused(String user, double begins, String statement) {
    String error = "Document contains at least one immense term in field; prefix: [83, 69]";
    return job(user, begins, statement, error);
  }

  private JsonNode json(String url) {
    return Operator.types("detect", "--output", "json", "--connect", url).json().path("long_texts");
  }

  @Test
  void a_refused_write_is_told_with_user_and_time_and_without_its_values() throws IOException {
    String sql = "INSERT INTO doc.hole (id, note) VALUES (4711, 'SECRET')";
    start(
        refused("alice", -90, sql)
            + ","
            + refused("alice", -60, sql)
            + ","
            + refused("bob", -30, "INSERT INTO doc.other (id) VALUES ('SECRET')")
            + ","
            + job("bob", -30, "INSERT INTO doc.hole (id) VALUES ('SECRET')", "Duplicate key"),
        HOLE);
    for (String url : cluster.urls("crate")) {
      JsonNode texts = json(url);
      assertTrue(texts.path("refused").path("readable").asBoolean());
      JsonNode found = texts.path("refused").path("found");
      assertEquals(1, found.size(), found.toString());
      JsonNode write = found.get(0);
      assertEquals("hole", write.path("table").asText());
      assertEquals("alice", write.path("user").asText());
      assertEquals(2, write.path("times").asInt());
      assertTrue(write.path("last").asText().matches("\\d{4}-.*Z"), write.toString());
      assertEquals(
          "INSERT INTO doc.hole (id, note) VALUES (?, ?)", write.path("statement").asText());
      String text = Operator.types("detect", "--connect", url).out();
      assertTrue(text.contains(" by alice, 2 times: INSERT INTO doc.hole (id, note)"), text);
      assertFalse((texts + text).contains("SECRET"), text);
      assertFalse((texts + text).contains("4711"), text);
      assertFalse((texts + text).contains("83, 69"), text);
    }
  }

  @Test
  void a_column_without_index_has_another_message_and_is_found_too() throws IOException {
    start(
        job(
            "alice",
            -60,
            "INSERT INTO doc.hole (id) VALUES (?)",
            "DocValuesField \\\"3\\\" is too large, must be <= 32766"),
        HOLE);
    assertEquals(1, json(cluster.pg()).path("refused").path("found").size());
  }

  @Test
  void nothing_found_proves_nothing() throws IOException {
    start("", HOLE);
    String text = cluster.types("detect").out();
    assertTrue(
        text.contains(REFUSED + "  nothing found in sys.jobs_log, which proves nothing"), text);
    assertFalse(text.contains("own statements"), text);
  }

  @Test
  void who_sees_only_own_statements_is_told_so() throws IOException {
    start(refused("alice", -60, "INSERT INTO doc.hole (id) VALUES (?)"), HOLE);
    String url = cluster.pg("visitor");
    JsonNode texts = json(url);
    assertEquals(0, texts.path("refused").path("found").size());
    assertTrue(texts.path("perhaps_only_own_statements").asBoolean());
    String text = Operator.types("detect", "--connect", url).out();
    assertTrue(text.contains("without AL a user sees its own statements only"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sys.jobs_log", "information_schema.columns"})
  void what_can_not_be_read_is_told_and_the_analysis_is_as_ever(String relation)
      throws IOException {
    start("", HOLE);
    cluster.faults.set(
        Fault.on(
            relation.replace(".", "\\."),
            new Fault.Fail(new SqlError(404, 4045, "3F000", "Schema 'sys' unknown"))));
    var outcome = cluster.types("detect");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains(relation + " is not readable: "), outcome.out());
    assertTrue(outcome.out().contains("1 to reset"), outcome.out());
    JsonNode part = json(cluster.pg()).path(relation.startsWith("sys") ? "refused" : "columns");
    assertFalse(part.path("readable").asBoolean(), part.toString());
    assertFalse(part.path("failure").isNull(), part.toString());
  }

  @Test
  void a_table_whose_copies_are_complete_is_asked_for_no_cause() throws IOException {
    start("", HOLE.replace("\"hole\"", "\"unflushed\""));
    assertTrue(json(cluster.pg()).isNull());
    assertEquals(
        0, cluster.log.arrivals().stream().filter(s -> s.toString().contains("jobs_log")).count());
  }

  @Test
  void a_refusal_that_made_a_hole_is_found_with_the_columns_where_it_can_happen()
      throws IOException {
    // A copy that is not there yet would be built with all that its primary has.
    cluster =
        new WiredCluster(
            folder, "\"recovery\": 0,", "{\"name\": \"doc.healthy\", \"replicas\": \"1\"}");
    cluster.execute(
        "CREATE TABLE doc.notes (id BIGINT PRIMARY KEY, note TEXT) CLUSTERED INTO 1 SHARDS"
            + " WITH (number_of_replicas = 1)");
    String tooLong = "INSERT INTO doc.notes (id, note) VALUES (1, '" + "S".repeat(33_000) + "')";
    assertThrows(RuntimeException.class, () -> cluster.execute(tooLong));
    for (int id = 2; id < 40; id++) {
      cluster.execute("INSERT INTO doc.notes (id, note) VALUES (" + id + ", 'short')");
    }
    JsonNode texts =
        Operator.types("detect", "--sizeMB", "0.001", "--output", "json", "--connect", cluster.pg())
            .json()
            .path("long_texts");
    JsonNode write = texts.path("refused").path("found").path(0);
    assertEquals("INSERT INTO doc.notes (id, note) VALUES (?, ?", write.path("statement").asText());
    JsonNode columns = texts.path("columns").path("found");
    assertEquals(1, columns.size(), columns.toString());
    assertEquals("note", columns.get(0).path("column").asText());
  }

  @Test
  void by_what_a_table_is_partitioned_is_no_such_column() throws IOException {
    start(
        "",
        """
        {"name": "doc.parted", "replicas": "1", "size": "9gb", "documents": 9000000,
         "partitioned_by": ["region"], "partitions": [{"values": ["eu"]}],
         "stuck_translog": "2gb", "stuck": "hole"}
        """);
    JsonNode columns = json(cluster.pg()).path("columns");
    assertTrue(columns.path("readable").asBoolean(), columns.toString());
    assertEquals(0, columns.path("found").size(), columns.toString());
  }
}
