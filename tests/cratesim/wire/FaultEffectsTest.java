package cratesim.wire;

import static cratesim.wire.FakeEndpoint.column;
import static cratesim.wire.FakeEndpoint.row;
import static cratesim.wire.RunningServer.failure;
import static cratesim.wire.RunningServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import cratesim.faults.FaultCatalogue;
import cratesim.model.SqlAnswer.ColumnType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the effects do that faults of the list have, seen by clients of both wires. */
class FaultEffectsTest {
  private static final FaultCatalogue KNOWN = FaultCatalogue.load();
  private static final String ALTER = "ALTER TABLE \"doc\".\"t\" SET (number_of_replicas = '0')";
  private static final String TWO = "SELECT 2";
  private static final String LATER = "SELECT 1";
  private static final String BODY =
      "{\"cols\":[\"n\"],\"rows\":[[1],[2]],\"rowcount\":2,\"duration\":0.0}";

  private final FakeEndpoint endpoint =
      new FakeEndpoint()
          .answering(LATER, List.of(column("1", ColumnType.INTEGER)), List.of(row(1)))
          .answering(TWO, List.of(column("n", ColumnType.INTEGER)), List.of(row(1), row(2)));
  private final RunningServer server = new RunningServer(endpoint);

  private record Response(int status, String text, HttpClientResponse head) {}

  @AfterEach
  void stop() {
    server.close();
  }

  private void on(String statements, Fault.Effect effect) {
    server.faults.set(Fault.on(statements, effect));
  }

  private Future<Response> http(String statement) {
    var client = server.vertx.createHttpClient();
    var body = new JsonObject().put("stmt", statement).encode();
    return client
        .request(HttpMethod.POST, server.httpPort(), "127.0.0.1", "/_sql")
        // Within the first step: a body that comes before anybody asks for it is lost.
        .compose(request -> request.send(Buffer.buffer(body)).compose(FaultEffectsTest::response))
        .eventually(client::close);
  }

  private static Future<Response> response(HttpClientResponse head) {
    return head.body().map(text -> new Response(head.statusCode(), "" + text, head));
  }

  private RawPg raw(String statement) throws IOException {
    return RawPg.ready(server.pgPort()).query(statement);
  }

  @Test
  void an_answer_is_cut_between_two_messages() throws IOException {
    on(TWO, Fault.Spoiled.CUT_ANSWER);
    try (var pg = raw(TWO)) {
      assertEquals('T', pg.next().type());
      assertTrue(pg.atEnd());
    }
    failure(http(TWO));
    assertEquals(List.of(TWO, TWO), endpoint.executed);
  }

  @Test
  void an_answer_is_cut_within_a_message() throws IOException {
    on(TWO, Fault.Spoiled.CUT_FRAME);
    try (var pg = raw(TWO)) {
      assertEquals('T', pg.next().type());
      assertEquals('D', pg.character());
      assertEquals(0, pg.character());
      assertEquals(0, pg.character());
      assertTrue(pg.atEnd());
    }
    failure(http(TWO));
    assertEquals(List.of(TWO, TWO), endpoint.executed);
  }

  @Test
  void an_answer_of_any_size_is_cut() {
    var rows = Collections.nCopies(50_000, row(1));
    endpoint.answering(TWO, List.of(column("n", ColumnType.INTEGER)), rows);
    on(TWO, Fault.Spoiled.CUT_ANSWER);
    failure(server.connect().query(TWO).execute());
    failure(http(TWO));
  }

  @Test
  void garbage_is_as_long_as_the_answer_and_means_nothing() {
    on(TWO, Fault.Spoiled.GARBAGE);
    String text = get(http(TWO)).text();
    assertFalse(text.contains("cols"), text);
    failure(server.connect().query(TWO).execute().timeout(200, TimeUnit.MILLISECONDS));
  }

  @Test
  void a_doubled_answer_comes_twice() throws IOException {
    on(TWO, Fault.Spoiled.DOUBLED);
    try (var pg = raw(TWO)) {
      assertEquals("TDDCZ", pg.until('Z'));
      assertEquals("TDDCZ", pg.until('Z'));
    }
    String text = get(http(TWO)).text();
    assertEquals(2, text.split("\"cols\"", -1).length - 1, text);
  }

  @Test
  void a_byte_at_a_time_takes_as_long_as_there_are_bytes() {
    on(TWO, new Fault.Trickle(Duration.ofMillis(100)));
    server.faults.speed(100);
    long start = System.nanoTime();
    assertEquals(BODY.length(), get(http(TWO)).text().length(), 10);
    assertTrue(System.nanoTime() - start > BODY.length() * 1_000_000L / 2);
    assertEquals(2, get(server.connect().query(TWO).execute()).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 502, 503})
  void a_proxy_answers_with_a_page_of_its_own(int status) {
    var fault = KNOWN.fault("page-" + status);
    server.faults.arm(fault, KNOWN.moment("zero"));
    var response = get(http(ALTER));
    assertEquals(status, response.status());
    assertEquals("text/html", response.head().getHeader("Content-Type"));
    assertTrue(response.text().startsWith("<html>"), response.text());
    assertEquals(List.of(), endpoint.executed);
    get(server.connect().query(ALTER).execute());
    assertEquals(200, get(http(ALTER)).status());
  }

  @Test
  void a_page_may_come_though_the_statement_was_executed() {
    server.faults.arm(KNOWN.fault("page-502-executed"), KNOWN.moment("zero"));
    assertEquals(502, get(http(ALTER)).status());
    assertEquals(List.of(ALTER), endpoint.executed);
  }

  @Test
  void a_proxy_leads_elsewhere() {
    server.faults.arm(KNOWN.fault("redirect"), KNOWN.moment("zero"));
    var response = get(http(ALTER));
    assertEquals("/elsewhere", response.head().getHeader("Location"));
    assertEquals(307, response.status());
  }

  @Test
  void what_is_acknowledged_may_not_have_been_applied() {
    on("^ALTER", new Fault.Acknowledge(null));
    get(server.connect().query(ALTER).execute());
    assertEquals(200, get(http(ALTER)).status());
    assertEquals(List.of(), endpoint.executed);
  }

  @Test
  void the_answer_of_another_statement_comes() {
    on("SELECT 2", Fault.Disruption.OTHER_ANSWER);
    get(server.connect().query(LATER).execute());
    assertEquals(1, get(server.connect().query(TWO).execute()).size());
  }

  @Test
  void a_stale_answer_is_the_last_one_before_the_moment() {
    var stale = server.faults.arm(KNOWN.fault("stale-reads-5-times"), KNOWN.moment("zero"));
    String read = "SELECT number_of_replicas FROM information_schema.tables";
    replicas(read, "1");
    assertEquals("1", one(read));
    replicas(read, "2");
    assertEquals("2", one(read));
    get(server.connect().query(ALTER).execute());
    replicas(read, "0");
    for (int i = 0; i < 5; i++) {
      assertEquals("2", one(read));
    }
    assertEquals("0", one(read));
    assertEquals(5, stale.fired());
  }

  private void replicas(String read, String setting) {
    var column = column("number_of_replicas", ColumnType.TEXT);
    endpoint.answering(read, List.of(column), List.of(row(setting)));
  }

  private String one(String read) {
    var connection = server.connect();
    var rows = get(connection.query(read).execute());
    get(connection.close());
    return rows.iterator().next().getString(0);
  }

  @Test
  void a_cell_is_odd_in_the_first_row_only() {
    on(TWO, new Fault.OddCell("n", null, null));
    assertTrue(get(http(TWO)).text().contains("[[null],[2]]"));
    on(TWO, new Fault.OddCell("n", "zero", ColumnType.TEXT));
    assertTrue(get(http(TWO)).text().contains("[[\"zero\"],[\"2\"]]"));
    var rows = get(server.connect().query(TWO).execute()).iterator();
    assertEquals("zero", rows.next().getValue(0));
    assertEquals("2", rows.next().getValue(0));
    on(TWO, new Fault.OddCell("other", 1, null));
    assertTrue(get(http(TWO)).text().contains("[[1],[2]]"));
  }

  @Test
  void a_row_comes_twice_or_is_missing() {
    on(TWO, Fault.OddRows.TWICE);
    assertEquals(3, get(server.connect().query(TWO).execute()).size());
    on(TWO, Fault.OddRows.MISSING);
    assertTrue(get(http(TWO)).text().contains("[[2]],\"rowcount\":1"));
    on(TWO, Fault.OddRows.NONE);
    assertEquals(0, get(server.connect().query(TWO).execute()).size());
  }

  @Test
  void from_its_moment_on_an_address_refuses_everybody_so_many_times() {
    var kept = server.connect();
    var refused = server.faults.arm(KNOWN.fault("refused-3-times"), KNOWN.moment("zero"));
    assertEquals(1, get(kept.query(LATER).execute()).size());
    failure(kept.query(ALTER).execute());
    failure(PgConnection.connect(server.vertx, server.pgOptions()));
    failure(http(LATER));
    assertEquals(3, refused.fired());
    assertEquals(List.of(LATER), endpoint.executed);
    get(server.connect().query(ALTER).execute());
  }

  @Test
  void from_its_moment_on_existing_connections_are_silent_and_new_ones_work() {
    var silent = server.connect();
    server.faults.arm(KNOWN.fault("silence"), KNOWN.moment("zero"));
    get(silent.query(LATER).execute());
    unanswered(silent.query(ALTER).execute());
    unanswered(silent.query(LATER).execute());
    get(server.connect().query(ALTER).execute());
    assertEquals(List.of(LATER, ALTER), endpoint.executed);
  }

  @Test
  void from_its_moment_on_nobody_is_answered() {
    server.faults.arm(KNOWN.fault("silence-all"), KNOWN.moment("zero"));
    unanswered(server.connect().query(ALTER).execute());
    unanswered(PgConnection.connect(server.vertx, server.pgOptions()));
    unanswered(http(LATER));
    server.faults.end();
    get(server.connect().query(LATER).execute());
  }

  private static void unanswered(Future<?> answer) {
    var waited = failure(answer.timeout(50, TimeUnit.MILLISECONDS));
    assertTrue(waited instanceof TimeoutException, waited.toString());
  }

  @Test
  void a_moment_comes_only_after_what_goes_before_it() {
    String look = "SELECT 1 FROM sys.shards";
    endpoint.answering(look, List.of(column("1", ColumnType.INTEGER)), List.of());
    var armed = server.faults.arm(KNOWN.fault("error-5000-3-times"), KNOWN.moment("recovery"));
    get(server.connect().query(look).execute());
    get(server.connect().query(ALTER).execute());
    get(server.connect().query(look).execute());
    assertFalse(armed.begun());
    get(server.connect().query(ALTER.replace("'0'", "'0-1'")).execute());
    for (int i = 0; i < 3; i++) {
      var error = (PgException) failure(server.connect().query(look).execute());
      assertEquals("XX000", error.getSqlState());
    }
    get(server.connect().query(look).execute());
    assertEquals(3, armed.fired());
  }

  @Test
  void of_two_faults_the_first_is_the_outer_one() {
    var error = server.faults.arm(KNOWN.fault("error-5000"), KNOWN.moment("zero"));
    var late = server.faults.arm(KNOWN.fault("cut-after"), KNOWN.moment("zero"));
    assertTrue(failure(server.connect().query(ALTER).execute()) instanceof PgException);
    assertEquals(List.of(), endpoint.executed);
    assertEquals(1, error.fired());
    assertEquals(0, late.fired());
  }

  @Test
  void another_cluster_answers_until_the_fault_is_over() {
    server.faults.set();
    var other = new FakeEndpoint();
    server.faults.standIn(other);
    failure(server.connect().query(LATER).execute());
    get(server.connect().query(ALTER).execute());
    assertEquals(List.of(ALTER), other.executed);
    server.faults.end();
    get(server.connect().query(LATER).execute());
    assertEquals(List.of(LATER), endpoint.executed);
  }
}
