package cratesim.wire;

import static cratesim.wire.FakeEndpoint.column;
import static cratesim.wire.FakeEndpoint.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlAnswer.ColumnType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The HTTP side, whose answers have the shape of the recorded ones. */
class HttpSqlServerTest {
  private final FakeEndpoint endpoint = new FakeEndpoint();
  private final RunningServer server = new RunningServer(endpoint);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_select_answers_columns_types_and_rows() throws Exception {
    var columns =
        List.of(
            column("name", ColumnType.TEXT),
            column("values", ColumnType.OBJECT),
            column("leases", ColumnType.TEXT_ARRAY),
            column("node", ColumnType.TEXT));
    var cells = row("doc", Map.of("month", 1704067200000L), List.of("peer recovery"), null);
    endpoint.answering("SELECT $1", columns, List.of(cells));
    var answer = json(post("/_sql?types", "{\"stmt\":\"SELECT $1\",\"args\":[7,null,[\"a\"]]}"));
    assertTrue(answer.getDouble("duration") >= 0);
    answer.remove("duration");
    assertEquals(
        new JsonObject(
            """
            {"cols":["name","values","leases","node"],"col_types":[4,12,[100,4],4],
             "rows":[["doc",{"month":1704067200000},["peer recovery"],null]],"rowcount":1}
            """),
        answer);
    assertEquals(row(7, null, List.of("a")), endpoint.parameters.get(0));
  }

  @Test
  void types_are_left_out_when_nobody_asks() throws Exception {
    endpoint.answering("SELECT 1", List.of(column("1", ColumnType.INTEGER)), List.of());
    var answer = json(post("/_sql", "{\"stmt\":\"SELECT 1\"}"));
    assertEquals(Set.of("cols", "rows", "rowcount", "duration"), answer.fieldNames());
    assertEquals(new JsonArray(), answer.getJsonArray("rows"));
  }

  @Test
  void an_alter_answers_one_empty_row_and_no_count() throws Exception {
    var answer = json(post("/_sql?types", "{\"stmt\":\"ALTER TABLE t SET (a=1)\"}"));
    answer.remove("duration");
    assertEquals(
        new JsonObject("{\"cols\":[],\"col_types\":[],\"rows\":[[]],\"rowcount\":-1}"), answer);
  }

  @Test
  void an_error_has_its_status_message_and_code() throws Exception {
    var response = post("/_sql", "{\"stmt\":\"SELECT * FROM doc.nope\"}");
    assertEquals(404, response.statusCode());
    assertEquals(
        new JsonObject(
            """
            {"error":{"message":"RelationUnknown[Relation 'doc.nope' unknown]","code":4041}}
            """),
        json(response));
  }

  @Test
  void an_error_shows_its_trace_when_asked() throws Exception {
    var answer = json(post("/_sql?error_trace=true", "{\"stmt\":\"nope\"}"));
    assertTrue(answer.getString("error_trace").contains("SqlError"));
  }

  @Test
  void a_body_that_is_no_request_is_refused() throws Exception {
    for (String body : List.of("", "{", "[]", "{\"stmt\":5}", "{\"stmt\":\"a\",\"args\":1}")) {
      var response = post("/_sql", body);
      assertEquals(400, response.statusCode(), body);
      assertEquals(4000, json(response).getJsonObject("error").getInteger("code"), body);
    }
    var missing = post("/_sql", "{}");
    assertEquals(500, missing.statusCode());
    assertEquals(
        "SQLParseSourceException[Field [stmt] is missing]",
        json(missing).getJsonObject("error").getString("message"));
  }

  @Test
  void bulk_arguments_execute_once_each() throws Exception {
    var body = "{\"stmt\":\"ALTER x\",\"bulk_args\":[[1],[2]]}";
    var results = json(post("/_sql", body)).getJsonArray("results");
    assertEquals(new JsonArray("[{\"rowcount\":-1},{\"rowcount\":-1}]"), results);
    assertEquals(List.of(List.of(1), List.of(2)), endpoint.parameters);
  }

  @Test
  void a_large_answer_is_whole() throws Exception {
    var rows = IntStream.range(0, 50_000).mapToObj(n -> row((long) n)).toList();
    endpoint.answering("SELECT n", List.of(column("n", ColumnType.BIGINT)), rows);
    var answer = json(post("/_sql", "{\"stmt\":\"SELECT n\"}")).getJsonArray("rows");
    assertEquals(50_000, answer.size());
    assertEquals(49_999, answer.getJsonArray(49_999).getInteger(0));
  }

  @Test
  void a_wrong_password_is_turned_away() throws Exception {
    var response = send(request("/_sql").header("Authorization", basic("pw:guess")));
    assertEquals(401, response.statusCode());
    assertEquals("password authentication failed for user \"pw\"\n", response.body());
    assertEquals(
        "Basic realm=\"CrateDB Authenticator\"",
        response.headers().firstValue("WWW-Authenticate").orElseThrow());
    assertEquals(List.of(), server.log.arrivals());
  }

  @Test
  void a_right_password_and_the_superuser_come_in() throws Exception {
    assertEquals(200, send(request("/").header("Authorization", basic("pw:secret"))).statusCode());
    assertEquals(200, send(request("/")).statusCode());
  }

  @Test
  void the_root_tells_cluster_and_version_and_the_rest_is_not_found() throws Exception {
    var root = json(send(request("/")));
    assertEquals(true, root.getBoolean("ok"));
    assertEquals("fake-cluster", root.getString("cluster_name"));
    assertEquals("6.3.7", root.getJsonObject("version").getString("number"));
    var missing = send(request("/nope"));
    assertEquals(404, missing.statusCode());
    assertEquals("Requested file [nope] was not found", missing.body());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    assertTrue(
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json"));
    return new JsonObject(response.body());
  }

  private static String basic(String credentials) {
    var bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
