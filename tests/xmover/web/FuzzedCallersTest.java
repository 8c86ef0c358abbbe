package xmover.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;

/** Whatever a caller says, it is answered or let go, orders nothing, and others are served. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedCallersTest {
  private static final String TABLE = "doc.a_table_nobody_may_know";

  private static final List<String> SECRET =
      List.of("/api/status", "/api/events", "/metrics", "/api/control/abort", "/api/control/pause");

  private static final List<String> METHODS =
      List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "X");

  private static final List<String> PATHS =
      List.of(
          "/",
          "/index.html",
          "/api/status",
          "/api/events",
          "/api/control/",
          "/api/control/abort",
          "/api/control/pause",
          "/metrics",
          "/health/live",
          "/health/ready",
          "//",
          "/..",
          "/%2e%2e",
          "/%zz",
          "/%",
          "?",
          "?token=",
          "#",
          ";",
          "*",
          "http://h/",
          "/api/control/stop?reason=");

  private static final List<String> HEADERS =
      List.of(
          "Host: localhost",
          "Host: evil.example",
          "Host:",
          "Authorization: Bearer",
          "Origin: null",
          "Authorization: Basic eA==",
          "Content-Length: 0",
          "Content-Length: 5",
          "Expect: 100-continue",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: x",
          "Upgrade: h2c",
          "Upgrade: websocket",
          "Connection: keep-alive",
          "Accept-Encoding: gzip, *",
          "Range: bytes=0-1",
          "Cookie: a=b",
          "Last-Event-ID: 99999999999999999999",
          "If-None-Match: *",
          "Accept: x",
          ": x",
          "X");

  private static String request(RandomGenerator random) {
    return random.nextInt(3) == 0 ? aimed(random) : any(random);
  }

  /** In order but for the token: only that stands between it and what it asks for. */
  private static String aimed(RandomGenerator random) {
    String method = RandomText.one(random, List.of("GET", "POST"));
    String path = RandomText.one(random, SECRET);
    String shown = RandomText.one(random, List.of("", "Bearer", "Bearer x", "Basic eA=="));
    return "%s %s HTTP/1.1\r\nHost: localhost\r\n%sConnection: close\r\n\r\n"
        .formatted(method, path, shown.isEmpty() ? "" : "Authorization: " + shown + "\r\n");
  }

  private static String any(RandomGenerator random) {
    var path = new StringBuilder();
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      path.append(random.nextInt(5) == 0 ? text(random) : RandomText.one(random, PATHS));
    }
    var request = new StringBuilder();
    request.append(random.nextInt(10) == 0 ? text(random) : RandomText.one(random, METHODS));
    request.append(' ').append(path);
    request.append(random.nextInt(10) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    if (random.nextInt(3) > 0) {
      request.append("Host: localhost\r\n");
    }
    for (int headers = random.nextInt(4); headers > 0; headers--) {
      request.append(RandomText.one(random, HEADERS));
      request.append(random.nextInt(5) == 0 ? text(random) : "").append("\r\n");
    }
    request.append("Connection: close\r\n\r\n");
    request.append(random.nextInt(3) == 0 ? text(random) : "");
    for (int odd = Math.max(0, random.nextInt(6) - 4); odd > 0; odd--) {
      request.setCharAt(random.nextInt(request.length()), (char) random.nextInt(256));
    }
    return request.toString();
  }

  private static String text(RandomGenerator random) {
    return RandomText.any(random);
  }

  @Test
  void it_is_answered_or_let_go_and_orders_nothing() throws Exception {
    try (var served = ServedRun.guarded(TABLE)) {
      Tries.of(80, random -> isLetGo(served, request(random)));
      assertEquals(200, served.get("/health/live").statusCode());
      assertEquals(List.of(), served.escaped);
    }
  }

  @Test
  void so_it_is_whatever_its_bytes() throws Exception {
    String closed = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    List<byte[]> sound =
        Stream.of(
                "GET /api/status" + closed,
                "POST /api/control/abort" + closed + "Authorization: Bearer x\r\n")
            .map(request -> (request + "\r\n").getBytes(ISO_8859_1))
            .toList();
    try (var served = ServedRun.guarded(TABLE)) {
      Tries.ofBytes(80, sound, bytes -> isLetGo(served, new String(bytes, ISO_8859_1)));
      assertEquals(200, served.get("/health/live").statusCode());
      assertEquals(List.of(), served.escaped);
    }
  }

  private static void isLetGo(ServedRun served, String request) throws IOException {
    try (var caller = new RawCaller(served.port())) {
      caller.says(request);
      caller.saysNoMore();
      String answer = caller.rest();
      assertTrue(
          answer.isEmpty() || answer.matches("(?s)[^\r\n]*\\.[01] [1245]\\d\\d .*"),
          () -> request + ": " + answer);
      assertFalse(answer.matches("(?s)[^\r\n]* 500 .*"), () -> request + ": " + answer);
      assertFalse(answer.contains(TABLE) || answer.contains("xmover_up"), answer);
    }
    assertEquals(List.of(), served.orders, request);
  }
}
