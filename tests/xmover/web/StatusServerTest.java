package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.reset.RunEvent;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatusServerTest {
  @ParameterizedTest
  @CsvSource({
    "GET,     /,                 200, text/html; charset=utf-8",
    "GET,     /index.html,       200, text/html; charset=utf-8",
    "GET,     /style.css,        200, text/css; charset=utf-8",
    "GET,     /page.js,          200, text/javascript; charset=utf-8",
    "HEAD,    /,                 200, text/html; charset=utf-8",
    "GET,     /metrics,          200, text/plain; version=0.0.4; charset=utf-8",
    "GET,     /health/live,      200, text/plain; charset=utf-8",
    "GET,     /health/ready,     200, text/plain; charset=utf-8",
    "GET,     /api/status,       200, application/json",
    "HEAD,    /api/status,       200, application/json",
    "HEAD,    /api/events,       200, text/event-stream",
    "GET,     /nothing,          404, text/plain; charset=utf-8",
    "GET,     /../lib/x,         404, text/plain; charset=utf-8",
    "GET,     //metrics,         404, text/plain; charset=utf-8",
    "POST,    /api/status,       405, text/plain; charset=utf-8",
    "DELETE,  /,                 405, text/plain; charset=utf-8",
    "OPTIONS, /api/control/pause, 405, application/json",
    "GET,     /api/control/abort, 405, application/json",
    "POST,    /api/control/dance, 404, application/json",
    "POST,    /api/control/pause, 401, application/json"
  })
  void every_request_is_answered_and_every_answer_is_secured(
      String method, String path, int status, String type) throws Exception {
    try (var served = ServedRun.open("doc.t")) {
      var answer = served.send(method, path);
      assertEquals(status, answer.statusCode(), answer.body());
      assertEquals(type, answer.headers().firstValue("Content-Type").orElseThrow());
      var policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
      assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
      assertEquals(Optional.empty(), answer.headers().firstValue("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void status_tells_the_run_its_tables_and_its_events() throws Exception {
    try (var served = ServedRun.open("doc.t", "doc.other")) {
      served.run.step("doc.t", "begin");
      served.run.step("doc.t", "zero");
      JsonNode json = new ObjectMapper().readTree(served.get("/api/status").body());
      assertEquals("run-1", json.at("/run/id").asText());
      assertEquals("drill", json.at("/cluster/name").asText());
      assertEquals(1, json.at("/counts/resetting").asInt());
      assertEquals("MONITORING_LEASES", json.at("/tables/0/state").asText());
      assertEquals(600_000, json.at("/tables/0/limit_ms").asLong());
      assertEquals("queued", json.at("/tables/1/stage").asText());
      assertEquals(3, json.at("/events").size());
    }
  }

  @Test
  void it_is_not_ready_with_the_reason_and_without_a_name() throws Exception {
    try (var served = ServedRun.open("doc.secret")) {
      served.run.progress.on(new RunEvent.Breaker("open"));
      var answer = served.get("/health/ready");
      assertEquals(503, answer.statusCode());
      assertEquals(
          "not ready: the cluster can't be reached (circuit breaker open)\n", answer.body());
      served.run.progress.on(new RunEvent.Breaker("closed"));
      assertEquals(200, served.get("/health/ready").statusCode());
      served.run.step("doc.secret", "critical");
      assertEquals(
          "not ready: the replicas of 1 table can't be restored\n",
          served.get("/health/ready").body());
    }
  }

  @Test
  void a_loop_that_does_not_answer_is_not_alive() throws Exception {
    try (var served = ServedRun.open("doc.t")) {
      served.alive = Promise.<Void>promise().future();
      assertEquals(503, served.get("/health/live").statusCode());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/api/status", "/api/events"})
  void with_a_token_reading_needs_it(String path) throws Exception {
    try (var served = ServedRun.guarded("doc.t")) {
      for (String wrong : new String[] {"", "Bearer ", "Bearer a-token-of-a-tesT", "Basic x"}) {
        var refused = served.send("HEAD", path, "Authorization", wrong);
        assertEquals(401, refused.statusCode(), wrong);
        assertEquals(
            "Bearer realm=\"xmover\"",
            refused.headers().firstValue("WWW-Authenticate").orElseThrow());
      }
      assertEquals(401, served.get(path).statusCode());
      assertEquals(200, served.send("HEAD", path, ServedRun.shown()).statusCode());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health/live", "/health/ready"})
  void the_page_and_health_need_no_token(String path) throws Exception {
    try (var served = ServedRun.guarded("doc.t")) {
      assertEquals(200, served.get(path).statusCode());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,     200",
    "localhost,     200",
    "localhost:99,  200",
    "[::1]:80,      200",
    "evil.example,  421",
    "127.0.0.1.evil.example, 421"
  })
  void without_a_token_it_answers_to_names_of_its_own_machine_only(String host, int status)
      throws IOException {
    try (var served = ServedRun.open("doc.t")) {
      String answer = raw(served.port(), "GET /api/status HTTP/1.1\r\nHost: " + host);
      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }
  }

  @Test
  void with_a_token_it_answers_to_any_name() throws IOException {
    try (var served = ServedRun.guarded("doc.t")) {
      String answer =
          raw(
              served.port(),
              "GET /api/status HTTP/1.1\r\nHost: xmover.example\r\nAuthorization: "
                  + ServedRun.TOKEN.header());
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
  }

  private static String raw(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"pause,    pause", "continue, proceed", "abort,    stop: aborted by an operator"})
  void orders_reach_the_run(String word, String order) throws Exception {
    try (var served = ServedRun.open("doc.t")) {
      var answer = served.send("POST", "/api/control/" + word, ServedRun.shown());
      assertEquals(202, answer.statusCode(), answer.body());
      assertEquals(List.of(order), served.orders);
    }
  }

  @Test
  void a_run_that_stops_takes_no_pause() throws Exception {
    try (var served = ServedRun.open("doc.t")) {
      served.run.progress.on(new RunEvent.Stopping("stopped by SIGINT"));
      var answer = served.send("POST", "/api/control/pause", ServedRun.shown());
      assertEquals(409, answer.statusCode());
      assertEquals("{\"error\":\"the run is stopping: stopped by SIGINT\"}\n", answer.body());
      assertEquals(List.of(), served.orders);
    }
  }
}
