package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.Transport;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * The promises to which the simulated cluster is held, held against a real one: the recorded
 * requests, about tables of our own, have the same columns, types and errors.
 */
@NeedsCrateDb
class RealContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static OwnTables tables;
  private static HttpClient client;
  private static ConnectionSettings settings;
  private static String recorded;

  @BeforeAll
  static void create() {
    tables = new OwnTables();
    settings = tables.cluster.settings(Transport.HTTP);
    client =
        tables.cluster.vertx.createHttpClient(
            new HttpClientOptions().setSsl(settings.tls().encrypts()).setTrustAll(true));
    var version = tables.cluster.execute("SELECT version['number'] AS v FROM sys.nodes LIMIT 1");
    recorded = version.get(0).text("v").startsWith("5.") ? "recorded-5.10" : "recorded";
    String one = "(id int) CLUSTERED INTO 1 SHARDS";
    tables.create(table("zero"), one);
    tables.create(table("metrics"), "(id int) CLUSTERED INTO 4 SHARDS");
    tables.create(table("ro"), one);
    tables.create(table("wfas"), one);
    tables.create(
        table("bottleFieldData"),
        "(month timestamp with time zone, region text, v text) CLUSTERED INTO 1 SHARDS"
            + " PARTITIONED BY (month, region)");
    tables.createBlob();
    for (String row : List.of("1704067200000, 'eu:west {1}'", "1706745600000, NULL")) {
      tables.cluster.execute(
          "INSERT INTO %s VALUES (%s, 'x')".formatted(table("bottleFieldData").sqlName(), row));
    }
    String block = "ALTER TABLE " + table("ro").sqlName() + " SET (\"blocks.read_only\" = %s)";
    tables.cluster.create(block.formatted(true), block.formatted(false));
    alter("wfas", "number_of_replicas = 1");
    alter("wfas", "\"write.wait_for_active_shards\" = 2");
  }

  private static TableRef table(String name) {
    return TableRef.of(tables.schema, name);
  }

  private static void alter(String table, String setting) {
    tables.cluster.execute("ALTER TABLE %s SET (%s)".formatted(table(table).sqlName(), setting));
  }

  @AfterAll
  static void drop() {
    tables.close();
  }

  static Stream<String> requests() {
    return Stream.of(
        "allocations",
        "alter-blob-ok",
        "alter-ok",
        "alter-partition-ok",
        "cluster",
        "cluster-health",
        "error-bad-replicas",
        "error-blob-table-without-blob-keyword",
        "error-min-gt-max",
        "error-optimize-unknown-table",
        "error-partition-column-missing",
        "error-read-only-table",
        "error-syntax",
        "error-unknown-column",
        "error-unknown-partition",
        "error-unknown-table",
        "error-wait-for-active-shards",
        "health",
        "leases-one-table",
        "nodes",
        "optimize-lease-sync-ok",
        "optimize-partition-ok",
        "partitions",
        "privileges",
        "shards",
        "snapshots-in-progress",
        "tables");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_recorded_request_has_the_same_columns_types_and_errors(String name) throws IOException {
    assumeTrue(
        tables.cluster.nodes() > 1 || !name.equals("error-wait-for-active-shards"),
        "this error needs a second node");
    JsonNode record = recorded(name);
    JsonNode request = record.path("request");
    JsonNode answer = ask(ours(request.path("stmt").asText()), ours(request.path("args")));
    JsonNode response = record.path("response");
    assertEquals(form(response), form(answer), () -> name + ": " + answer);
  }

  private static JsonNode recorded(String name) throws IOException {
    try (var file =
        RealContractTest.class.getResourceAsStream("/%s/%s.json".formatted(recorded, name))) {
      return JSON.readTree(file);
    }
  }

  /** Columns and types, or the code of the error: the words of some differ between versions. */
  private static String form(JsonNode body) {
    JsonNode error = body.path("error");
    return error.isMissingNode()
        ? body.path("cols") + " " + body.path("col_types")
        : "error " + error.path("code");
  }

  /** The same request about the tables that are ours. */
  private static String ours(String statement) {
    return statement
        .replaceAll(
            "\"(doc|curvo)\"\\.", Matcher.quoteReplacement(SqlText.identifier(tables.schema)) + ".")
        .replace("\"pics\"", SqlText.identifier(tables.blob.name()))
        .replace("('doc','curvo','blob')", "(" + SqlText.text(tables.schema) + ",'blob')");
  }

  private static List<Object> ours(JsonNode arguments) {
    var ours = new ArrayList<Object>();
    arguments.forEach(a -> ours.add(a.asText().equals("doc") ? tables.schema : a.asText()));
    return ours;
  }

  private static JsonNode ask(String statement, List<Object> arguments) throws IOException {
    var host = settings.hosts().get(0);
    var login = settings.credentials();
    String pair = login.user() + ":" + login.password().map(Secret::reveal).orElse("");
    Buffer body =
        new JsonObject().put("stmt", statement).put("args", new JsonArray(arguments)).toBuffer();
    Buffer answer =
        RealCluster.get(
            client
                .request(HttpMethod.POST, host.port(), host.host(), "/_sql?types")
                .map(
                    request ->
                        request
                            .putHeader("Content-Type", "application/json")
                            .putHeader(
                                "Authorization",
                                "Basic "
                                    + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8))))
                .compose(request -> request.send(body).compose(response -> response.body())));
    return JSON.readTree(answer.getBytes());
  }
}
