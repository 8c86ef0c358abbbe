package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tables with rows answer as a real CrateDB did when it was recorded, one statement on another. */
class SimulatedRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatedCluster cluster =
      new SimulatedCluster(Scenario.load("recorded"), new SettableClock());

  @Test
  void every_statement_is_answered_as_recorded() throws IOException {
    for (JsonNode exchange : recorded()) {
      String sql = exchange.get("stmt").asText();
      Object[] parameters = JSON.treeToValue(exchange.get("args"), Object[].class);
      JsonNode answer;
      int status = 200;
      try {
        answer = HttpForm.of(cluster.execute("crate", sql, Arrays.asList(parameters)));
      } catch (SqlError error) {
        answer = HttpForm.of(error);
        status = error.httpStatus();
      }
      assertEquals(
          JSON.readTree(exchange.get("body").toString()), JSON.readTree(answer.toString()), sql);
      assertEquals(exchange.get("status").asInt(), status, sql);
    }
  }

  private static JsonNode recorded() throws IOException {
    try (InputStream rows = SimulatedRowsTest.class.getResourceAsStream("/recorded/rows.json")) {
      return JSON.readTree(Objects.requireNonNull(rows));
    }
  }

  @Test
  void a_duplicate_key_has_its_own_sqlstate() throws SqlError {
    run("CREATE TABLE t (s TEXT PRIMARY KEY)");
    run("INSERT INTO t (s) VALUES ('a')");
    assertEquals(
        "23505", new SimulatedCopies(cluster).refused("INSERT INTO t (s) VALUES ('a')").sqlState());
  }

  @Test
  void rows_are_found_by_anything_but_their_key_only_after_a_refresh() throws SqlError {
    run("CREATE TABLE t (s TEXT PRIMARY KEY, n BIGINT)");
    run("INSERT INTO t (s, n) VALUES ('a', 1)");
    assertEquals(1, run("SELECT n FROM t WHERE s = 'a'").rowCount());
    assertEquals(0, run("SELECT n FROM t").rowCount());
    assertEquals(0, run("UPDATE t SET n = 2 WHERE n = 1").rowCount());
    assertEquals("REFRESH", run("REFRESH TABLE t").tag());
    assertEquals(1, run("UPDATE t SET n = 2 WHERE n = 1").rowCount());
  }

  @Test
  void parameters_have_the_types_of_their_columns() throws SqlError {
    run("CREATE TABLE t (s TEXT PRIMARY KEY, n BIGINT, i INTEGER, h TIMESTAMP WITH TIME ZONE)");
    assertEquals(
        List.of(ColumnType.TEXT, ColumnType.BIGINT, ColumnType.TIMESTAMP, ColumnType.INTEGER),
        cluster.parameterTypes(
            "INSERT INTO t (s, n, h) VALUES ($1, $2, $3) ON CONFLICT (s) DO UPDATE SET i = $4"));
    assertEquals(
        List.of(ColumnType.INTEGER, ColumnType.TEXT, ColumnType.BIGINT, ColumnType.BIGINT),
        cluster.parameterTypes(
            "UPDATE t SET i = $1 WHERE s = $2 AND _seq_no = $3 AND _primary_term = $4"));
    assertEquals(List.of(ColumnType.TEXT), cluster.parameterTypes("DELETE FROM t WHERE s = $1"));
  }

  private SqlAnswer run(String sql) throws SqlError {
    return cluster.execute("crate", sql, List.of());
  }
}
