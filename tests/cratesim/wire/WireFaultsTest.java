package cratesim.wire;

import static cratesim.wire.FakeEndpoint.column;
import static cratesim.wire.FakeEndpoint.row;
import static cratesim.wire.RunningServer.failure;
import static cratesim.wire.RunningServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.StatementLog;
import cratesim.faults.Fault;
import cratesim.faults.Fault.Connections;
import cratesim.faults.Fault.Disruption;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireFaultsTest {
  private static final String ALTER = "ALTER TABLE \"doc\".\"t\" SET (number_of_replicas = '0')";

  private final FakeEndpoint endpoint =
      new FakeEndpoint()
          .answering("SELECT 1", List.of(column("1", ColumnType.INTEGER)), List.of(row(1)));
  private final RunningServer server = new RunningServer(endpoint);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void closing_before_executing_leaves_nothing_executed() {
    server.faults.set(Fault.on("alter", Disruption.CLOSE_BEFORE_EXECUTING));
    failure(server.connect().query(ALTER).execute());
    failure(http(ALTER));
    assertEquals(List.of(), endpoint.executed);
    assertEquals(List.of(ALTER, ALTER), server.log.matching("alter"));
  }

  @Test
  void a_lost_answer_was_executed() {
    server.faults.set(Fault.on("^alter", Disruption.CLOSE_AFTER_EXECUTING));
    failure(server.connect().preparedQuery(ALTER).execute());
    failure(http(ALTER));
    assertEquals(List.of(ALTER, ALTER), endpoint.executed);
  }

  @Test
  void a_hanging_answer_comes_when_released_and_others_are_not_held() throws Exception {
    server.faults.set(Fault.on("alter", Disruption.HANG));
    var hanging = server.connect().query(ALTER).execute();
    assertEquals(ALTER, endpoint.executions.poll(10, TimeUnit.SECONDS));
    assertEquals(1, get(server.connect().query("SELECT 1").execute()).size());
    assertFalse(hanging.isComplete());
    server.faults.release();
    get(hanging);
  }

  @Test
  void a_delayed_answer_comes_no_earlier() {
    server.faults.set(Fault.on("SELECT", new Fault.Delay(Duration.ofMillis(80))));
    long start = System.nanoTime();
    get(server.connect().query("SELECT 1").execute());
    assertTrue(System.nanoTime() - start >= 80_000_000);
  }

  @Test
  void a_failure_is_told_on_both_wires() {
    server.faults.set(Fault.on("SELECT", new Fault.Fail(FakeEndpoint.unknownTable())));
    var error = (PgException) failure(server.connect().query("SELECT 1").execute());
    assertEquals("42P01", error.getSqlState());
    assertEquals(404, get(http("SELECT 1")));
    assertEquals(List.of(), endpoint.executed);
  }

  @Test
  void a_definite_error_may_come_though_the_statement_was_executed() {
    var refused = new SqlError(401, 4011, "28P01", "password authentication failed");
    server.faults.set(Fault.on("alter", new Fault.Fail(refused, true)));
    var error = (PgException) failure(server.connect().query(ALTER).execute());
    assertEquals("28P01", error.getSqlState());
    assertEquals(401, get(http(ALTER)));
    assertEquals(List.of(ALTER, ALTER), endpoint.executed);
  }

  @Test
  void what_is_read_may_be_as_old_as_the_first_answer() {
    var connection = server.connect();
    server.faults.set(Fault.on("SELECT", Disruption.REPEAT_ANSWER));
    assertEquals(1, one(connection));
    endpoint.answering("SELECT 1", List.of(column("1", ColumnType.INTEGER)), List.of(row(2)));
    assertEquals(1, one(connection));
    assertEquals(1, one(server.connect()));
    server.faults.set();
    assertEquals(2, one(connection));
  }

  private static int one(PgConnection connection) {
    return get(connection.query("SELECT 1").execute()).iterator().next().getInteger(0);
  }

  @Test
  void existing_connections_fall_silent_for_good_and_new_ones_work() {
    var existing = server.connect();
    var kept = server.vertx.createHttpClient();
    assertEquals(200, get(http(kept, "SELECT 1")));
    server.faults.set(Fault.silence(Connections.EXISTING));
    unanswered(existing.query(ALTER).execute());
    unanswered(http(kept, ALTER));
    assertEquals(1, one(server.connect()));
    assertEquals(200, get(http("SELECT 1")));
    server.faults.set();
    unanswered(existing.query(ALTER).execute());
    assertEquals(List.of(), server.log.matching("alter"));
  }

  @Test
  void new_connections_are_silent_and_existing_ones_work() {
    var existing = server.connect();
    server.faults.set(Fault.silence(Connections.NEW));
    unanswered(PgConnection.connect(server.vertx, server.pgOptions()));
    unanswered(http("SELECT 1"));
    assertEquals(1, one(existing));
  }

  @Test
  void all_connections_may_be_silent() {
    var existing = server.connect();
    server.faults.set(Fault.silence(Connections.ALL));
    unanswered(existing.query(ALTER).execute());
    unanswered(PgConnection.connect(server.vertx, server.pgOptions()));
    assertEquals(List.of(), endpoint.executed);
  }

  private static void unanswered(Future<?> answer) {
    var waited = failure(answer.timeout(50, TimeUnit.MILLISECONDS));
    assertTrue(waited instanceof TimeoutException, waited.toString());
  }

  @Test
  void refused_connections_leave_those_that_exist_alone() {
    var connection = server.connect();
    server.faults.set(Fault.refuseConnections());
    failure(PgConnection.connect(server.vertx, server.pgOptions()));
    failure(http("SELECT 1"));
    assertEquals(1, get(connection.query("SELECT 1").execute()).size());
    server.faults.set();
    server.connect();
  }

  @Test
  void only_the_arrivals_that_the_rule_names_are_hit() {
    var connection = server.connect();
    server.faults.set(Fault.on("SELECT", new Fault.Fail(FakeEndpoint.unknownTable())).nthTime(2));
    get(connection.query("SELECT 1").execute());
    failure(connection.query("SELECT 1").execute());
    get(connection.query("SELECT 1").execute());
    server.faults.set(
        Fault.on("SELECT", new Fault.Fail(FakeEndpoint.unknownTable())).firstTimes(1));
    failure(connection.query("SELECT 1").execute());
    get(connection.query("SELECT 1").execute());
  }

  @Test
  void the_log_holds_who_sent_what() {
    get(server.connect().query("SELECT 1; " + ALTER).execute());
    get(http("SELECT 1"));
    assertEquals(
        List.of("SELECT 1", ALTER, "SELECT 1"),
        server.log.arrivals().stream().map(StatementLog.Arrival::text).toList());
    assertEquals("crate", server.log.arrivals().get(0).user());
  }

  private Future<Integer> http(String statement) {
    // Vert.x closes a client that nobody holds any more.
    HttpClient client = server.vertx.createHttpClient();
    return http(client, statement).eventually(client::close);
  }

  private Future<Integer> http(HttpClient client, String statement) {
    var body = new JsonObject().put("stmt", statement);
    return client
        .request(HttpMethod.POST, server.httpPort(), "127.0.0.1", "/_sql")
        .compose(request -> request.send(Buffer.buffer(body.encode())))
        .compose(response -> response.body().map(read -> response.statusCode()));
  }
}
