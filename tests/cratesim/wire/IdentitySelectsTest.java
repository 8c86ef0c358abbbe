package cratesim.wire;

import static cratesim.wire.RunningServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked about the identity of clusters and tables is answered alike on both wires. */
class IdentitySelectsTest {
  private static final String TOTALS =
      """
      SELECT schema_name, table_name, coalesce(partition_ident, '') AS partition_ident,
        count(*) FILTER (WHERE "primary") AS primaries,
        count(*) FILTER (WHERE NOT "primary" AND translog_stats['uncommitted_size'] > $1)
          AS problematic_replicas,
        max(path) AS path, max(partition_uuid) AS uuid
      FROM sys.shards
      GROUP BY schema_name, table_name, coalesce(partition_ident, '')
      ORDER BY 1, 2, 3\
      """;
  private static final String SETTING_AND_IDENTITY =
      """
      SELECT number_of_replicas, number_of_shards AS primaries, closed,
        (SELECT id FROM sys.cluster) AS cluster_id,
        (SELECT max(path) FROM sys.shards
          WHERE schema_name = 'doc' AND table_name = 'events'
            AND coalesce(partition_ident, '') = '') AS path,
        (SELECT max(partition_uuid) FROM sys.shards
          WHERE schema_name = $1 AND table_name = $2) AS uuid
      FROM information_schema.tables WHERE table_schema = $1 AND table_name = $2\
      """;

  private final RunningServer server =
      new RunningServer(new SimulatedCluster(Scenario.load("drill"), InstantSource.system()));

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT schema_name, table_name, coalesce(partition_ident,'') AS partition_ident"
            + " FROM sys.shards WHERE partition_uuid IN"
            + " (SELECT max(partition_uuid) FROM sys.shards WHERE table_name = 'events')",
        "SELECT DISTINCT schema_name, table_name FROM sys.shards WHERE path LIKE '%/indices/%/0'"
            + " UNION ALL SELECT table_schema, table_name FROM information_schema.tables"
            + " WHERE table_schema IN ('doc', 'blob') ORDER BY 1, 2",
        "SELECT count(*) FROM sys.shards WHERE \"primary\" AND state = 'UNASSIGNED'",
        "SELECT settings['gateway'] FROM sys.cluster",
        "SELECT settings['gateway']['expected_data_nodes'],"
            + " settings['gateway']['recover_after_data_nodes'],"
            + " (SELECT count(*) FROM sys.nodes) AS nodes FROM sys.cluster",
        "SELECT count(*) FROM sys.allocations WHERE \"primary\" AND current_state = 'UNASSIGNED'"
      })
  void in_text_prepared_and_over_http(String statement) {
    var text = cells(get(server.connect().query(statement).execute()));
    assertTrue(text.size() > 0, statement);
    assertEquals(text, cells(get(server.connect().preparedQuery(statement).execute())));
    assertEquals(text, http(statement, new JsonArray()));
  }

  @Test
  void identity_comes_with_the_totals_of_shards() {
    var arguments = Tuple.of(1_000_000_000L);
    var rows = get(server.connect().preparedQuery(TOTALS).execute(arguments));
    for (Row row : rows) {
      String uuid = row.getString("uuid");
      assertTrue(row.getString("path").contains("/indices/" + uuid + "/"), row.toString());
    }
    assertEquals(cells(rows), http(TOTALS, new JsonArray().add(1_000_000_000L)));
  }

  @Test
  void identity_comes_with_the_setting_of_a_table() {
    var arguments = Tuple.of("doc", "events");
    var rows = get(server.connect().preparedQuery(SETTING_AND_IDENTITY).execute(arguments));
    Row row = rows.iterator().next();
    assertTrue(row.getString("path").contains("/" + row.getString("uuid") + "/"), row.toString());
    assertEquals(cells(rows), http(SETTING_AND_IDENTITY, new JsonArray().add("doc").add("events")));
  }

  private static List<List<Object>> cells(RowSet<Row> rows) {
    return rows.stream().map(Row::toJson).map(IdentitySelectsTest::values).toList();
  }

  private static List<Object> values(JsonObject row) {
    return row.stream().map(entry -> comparable(entry.getValue())).toList();
  }

  private List<List<Object>> http(String statement, JsonArray arguments) {
    var body = new JsonObject().put("stmt", statement).put("args", arguments);
    // Vert.x closes a client that nobody holds any more.
    var client = server.vertx.createHttpClient();
    Buffer answer =
        get(
            client
                .request(HttpMethod.POST, server.httpPort(), "127.0.0.1", "/_sql")
                .compose(
                    request -> request.send(body.toBuffer()).compose(response -> response.body()))
                .eventually(client::close));
    return answer.toJsonObject().getJsonArray("rows").stream()
        .map(row -> ((JsonArray) row).stream().map(IdentitySelectsTest::comparable).toList())
        .toList();
  }

  /** HTTP does not tell an integer from a bigint. */
  private static Object comparable(Object value) {
    return value instanceof Number number ? (Object) number.longValue() : value;
  }
}
