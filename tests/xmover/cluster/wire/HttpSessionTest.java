package xmover.cluster.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.Repository;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionOptions;

/** HTTP's own: what goes out, and every kind of answer, with bodies a real CrateDB sent. */
class HttpSessionTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Statement ONE = Statement.read("SELECT 1");

  @RegisterExtension
  private final WireMockExtension server =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @AfterAll
  static void stop() {
    get(VERTX.close());
  }

  @BeforeEach
  void proveTheCluster() {
    server.stubFor(
        post("/_sql")
            .atPriority(1)
            .withRequestBody(containing("FROM sys.cluster"))
            .willReturn(
                okJson("{\"cols\":[\"id\",\"version\"],\"rows\":[[\"c1\",\"CrateDB 6.3.7\"]]}")));
  }

  private Cluster cluster() {
    String url = "http://ops:s3cret@127.0.0.1:" + server.getPort() + "/_sql";
    return Clusters.open(VERTX, ConnectionOptions.of(url).resolve(Map.of(), file -> ""));
  }

  private void answers(int status, String type, String body) {
    server.stubFor(
        post("/_sql")
            .willReturn(
                aResponse().withStatus(status).withHeader("Content-Type", type).withBody(body)));
  }

  private void answersAsRecorded(String name) throws IOException {
    var file = Repository.root().resolve("tests/recorded/" + name + ".json");
    var recorded = new JsonObject(Files.readString(file));
    answers(
        recorded.getInteger("status"),
        "application/json",
        recorded.getJsonObject("response").encode());
  }

  @Test
  void a_statement_is_posted_with_its_parameters_user_and_schema() throws IOException {
    answersAsRecorded("privileges");
    var statement = Statement.read("SELECT $1, $2, $3", "a", 7L, List.of("x", "y"));
    Row row = get(cluster().execute(statement)).get(0);
    assertEquals("crate", row.text("usr"));
    assertTrue(row.flag("superuser"));
    server.verify(
        postRequestedFor(urlEqualTo("/_sql"))
            .withBasicAuth(new BasicCredentials("ops", "s3cret"))
            .withHeader("Default-Schema", equalTo("doc"))
            .withRequestBody(
                equalToJson("{\"stmt\":\"SELECT $1, $2, $3\",\"args\":[\"a\",7,[\"x\",\"y\"]]}")));
  }

  @Test
  void recorded_shards_are_read_row_by_row() throws IOException {
    answersAsRecorded("shards");
    var rows = get(cluster().execute(ONE));
    assertTrue(rows.size() > 10, "rows: " + rows.size());
    assertTrue(rows.stream().anyMatch(row -> row.flag("primary")));
  }

  @Test
  void an_alter_answers_no_rows() throws IOException {
    answersAsRecorded("alter-ok");
    assertEquals(List.of(), get(cluster().execute(Statement.write("ALTER …"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          error-bad-replicas            | REFUSED          | 4000 | CrateDB says: The "number_of_replicas" range "x" isn't valid
          error-read-only-table         | BLOCKED          | 4007 | doesn't support or allow ALTER SET
          error-syntax                  | REFUSED          | 4000 | CrateDB says: line 1:1: mismatched input
          error-unknown-column          | REFUSED          | 4043 | CrateDB says: Column nope unknown
          error-unknown-partition       | UNKNOWN_RELATION | 4046 | CrateDB says: No partition for table
          error-unknown-table           | UNKNOWN_RELATION | 4041 | CrateDB says: Relation 'doc.nope' unknown
          error-wait-for-active-shards  | REFUSED          | 4000 | CrateDB says: invalid index.write.wait_for_active_shards[2]: cannot be
          error-node-disconnected       | SERVER           | 5005 | CrateDB says: Job killed. Participating node
          """)
  void a_recorded_error_has_its_kind_code_and_sentence(
      String recorded, Kind kind, String code, String sentence) throws IOException {
    answersAsRecorded(recorded);
    var failure = failure(cluster().execute(ONE));
    assertEquals(kind, failure.kind());
    assertEquals(code, failure.code());
    assertTrue(failure.getMessage().contains(sentence), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "401, 4011, m, PRIVILEGE",
    "404, 4045, m, PRIVILEGE",
    "409, 4091, m, REFUSED",
    "404, 40410, m, REFUSED",
    "429, 4290, m, SERVER",
    "500, 5000, m, SERVER",
    "503, 5031, m, SERVER",
    "503, 5031, blocked by: [STATE_NOT_RECOVERED/1/state not recovered / initialized];, NOT_READY",
    "503, 5030, blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];, NOT_READY",
    "503, 5035, m, NOT_READY",
  })
  void an_error_is_told_by_its_code(int status, int code, String message, Kind kind) {
    var error = new JsonObject().put("message", "E[" + message + "]").put("code", code);
    answers(status, "application/json", new JsonObject().put("error", error).encode());
    assertEquals(kind, failure(cluster().execute(ONE)).kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | text/html        | <html>Hello</html>                    | NOT_CRATEDB
          200 | application/json | {"hello": "world"}                    | NOT_CRATEDB
          200 | application/json | [1, 2]                                | NOT_CRATEDB
          200 | application/json | {"cols": ["a"], "rows": [[1], [2      | NOT_CRATEDB
          200 | application/json | {"cols": "a", "rows": [[1]]}          | NOT_CRATEDB
          200 | application/json | {"cols": ["a", "b"], "rows": [[1]]}   | NOT_CRATEDB
          200 | application/json | {"error": "no such index"}            | NOT_CRATEDB
          302 | text/html        | moved                                 | NOT_CRATEDB
          404 | text/plain       | not found                             | NOT_CRATEDB
          405 | text/html        | <html>Not allowed</html>              | NOT_CRATEDB
          500 | text/plain       | Internal Server Error                 | SERVER
          502 | text/html        | <html>Bad gateway</html>              | SERVER
          503 | text/html        | <html>Unavailable</html>              | SERVER
          401 | text/plain       | password authentication failed        | AUTHENTICATION
          """)
  void what_is_no_answer_of_cratedb_is_told_by_its_status(
      int status, String type, String body, Kind kind) {
    answers(status, type, body);
    var failure = failure(cluster().execute(ONE));
    assertEquals(kind, failure.kind());
    assertEquals(Optional.empty(), Optional.ofNullable(failure.getCause()));
  }
}
