package cratesim.wire;

import static cratesim.wire.RunningServer.failure;
import static cratesim.wire.RunningServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.SimulatedCluster;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.net.ConnectException;
import java.net.Socket;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xmover.suite.NeedsProcess;

/** The drill as a client sees it: the simulated cluster behind its real wires. */
class SimulatedClusterWireTest {
  private final SimulatedCluster cluster =
      new SimulatedCluster(Scenario.load("drill"), InstantSource.system());
  private final RunningServer server = new RunningServer(cluster);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void all_of_sys_shards_arrives_in_text_and_in_binary_alike() {
    var text = get(server.connect().query("SELECT * FROM sys.shards").execute());
    var binary = get(server.connect().preparedQuery("SELECT * FROM sys.shards").execute());
    assertTrue(text.size() > 40, "rows: " + text.size());
    assertEquals(names(text), names(binary));
    assertTrue(names(binary).contains("Mixed.CamelCase"), names(binary).toString());
    for (Row row : binary) {
      if (row.getJsonObject("translog_stats") != null) {
        row.getJsonObject("translog_stats").getLong("uncommitted_size");
      }
    }
  }

  /** Whoever listens on every address answers at any of the loopback range, too. */
  @Test
  void it_listens_on_the_loopback_address_alone() {
    for (int port : List.of(server.pgPort(), server.httpPort())) {
      assertThrows(ConnectException.class, () -> new Socket("127.0.0.2", port).close());
    }
  }

  @Test
  @NeedsProcess
  void psql_reads_sys_shards() throws Exception {
    String printed = new Psql(server.pgPort(), "crate").run("SELECT * FROM sys.shards");
    assertTrue(printed.lines().count() > 40, printed);
    assertTrue(printed.contains("\"uncommitted_size\":"), printed);
  }

  @Test
  void parameters_have_the_type_of_what_they_are_compared_with() throws SqlError {
    assertEquals(
        List.of(
            ColumnType.BIGINT,
            ColumnType.TEXT_ARRAY,
            ColumnType.BOOLEAN,
            ColumnType.TEXT,
            ColumnType.TEXT,
            ColumnType.BIGINT),
        cluster.parameterTypes(
            """
            SELECT id FROM sys.shards WHERE translog_stats['uncommitted_size'] > $1
            AND table_name = ANY($2) AND "primary" = $3 AND schema_name IN ($4, $5) LIMIT $6
            """));
  }

  @Test
  void a_prepared_query_takes_numbers_and_lists() {
    var sql =
        """
        SELECT schema_name, table_name FROM sys.shards
        WHERE translog_stats['uncommitted_size'] > $1 AND table_name = ANY($2) AND "primary" = $3
        """;
    var arguments = Tuple.of(1_000_000_000L, new String[] {"events", "metrics"}, false);
    var rows = get(server.connect().preparedQuery(sql).execute(arguments));
    assertEquals(Set.of("doc.events", "doc.metrics"), new HashSet<>(names(rows)));
  }

  @Test
  void an_alter_arrives_and_an_unknown_table_is_refused() {
    var connection = server.connect();
    var alter = "ALTER TABLE \"doc\".\"%s\" SET (\"number_of_replicas\" = '0')";
    assertEquals(-28, get(connection.query(alter.formatted("events")).execute()).rowCount());
    var error = (PgException) failure(connection.query(alter.formatted("nope")).execute());
    assertEquals("42P01", error.getSqlState());
    assertEquals("Relation 'doc.nope' unknown", error.getErrorMessage());
  }

  private static List<String> names(RowSet<Row> rows) {
    return rows.stream()
        .map(row -> row.getString("schema_name") + "." + row.getString("table_name"))
        .sorted()
        .toList();
  }
}
