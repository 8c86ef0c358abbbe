package xmover.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.Repository;
import xmover.cluster.connection.Secret;
import xmover.live.FollowedRun;
import xmover.report.KeptReport;
import xmover.table.Hostile;

/** Who means harm to the served page learns nothing, orders nothing and keeps nobody else out. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileCallersTest {
  private static final String TABLE = "doc.a_table_nobody_may_know";
  private static final String RIGHT = ServedRun.TOKEN.header();
  private static final String CONTROL = "/api/control/";

  /** Named here, so that one that is new asks for the token or for a line of this test. */
  private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");

  private static Routes routes() {
    var vertx = Vertx.vertx();
    try {
      var source =
          new RunSource(FollowedRun.of().progress, Optional::empty, new KeptReport(), null);
      var listeners = new Listeners(vertx, source, Listeners.Pace.DEFAULT);
      var waiting = new Waiting(vertx, Waiting.Limits.DEFAULT);
      var access = new Access(Optional.empty(), Optional.empty());
      return new Routes(vertx, source, access, listeners, waiting);
    } finally {
      vertx.close().await();
    }
  }

  /** All that tells or changes something, as the router knows it. */
  static Stream<String> guarded() {
    return Stream.concat(
        routes().guardedPaths().stream().map(path -> "GET " + path),
        Stream.of(Order.values()).map(order -> "POST " + CONTROL + order.word()));
  }

  private static String asked(String request, String... headers) {
    return request
        + " HTTP/1.1\r\nConnection: close\r\n"
        + Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining())
        + "\r\n";
  }

  private static int status(String answer) {
    assertTrue(answer.startsWith("HTTP/1."), answer);
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static void tellsNothing(int status, String answer) {
    assertEquals(status, status(answer), answer);
    assertFalse(answer.contains(TABLE), answer);
    assertFalse(answer.contains("xmover_up"), answer);
    assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("access-control"), answer);
  }

  @Test
  void without_a_token_there_are_health_and_the_files_of_the_page_and_nothing_else()
      throws Exception {
    assertEquals(OPEN, routes().openPaths());
    try (var served = ServedRun.guarded(TABLE);
        Stream<Path> files = Files.list(Repository.root().resolve("config/web"))) {
      for (String path : OPEN) {
        tellsNothing(200, RawCaller.answer(served.port(), asked("GET " + path, "Host: any")));
      }
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertEquals(Files.readString(file), served.get("/" + file.getFileName()).body());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void nobody_is_told_anything_or_obeyed_without_the_right_token(String request) throws Exception {
    try (var served = ServedRun.guarded(TABLE)) {
      for (String shown :
          List.of(
              "X-None: none",
              "Authorization: ",
              "Authorization: Bearer",
              "Authorization: Bearer null",
              "Authorization: " + RIGHT.substring(0, RIGHT.length() - 1),
              "Authorization: " + RIGHT + "x",
              "Authorization: " + RIGHT.toUpperCase(java.util.Locale.ROOT),
              "Authorization: " + RIGHT.replace("Bearer ", "Basic "),
              "Authorization: " + RIGHT.replace("Bearer ", ""),
              "Cookie: token=" + ServedRun.TOKEN.secret().reveal(),
              "Authorization: Bearer " + "x".repeat(6000))) {
        tellsNothing(401, RawCaller.answer(served.port(), asked(request, "Host: any", shown)));
      }
      String inUrl = request + "?token=" + ServedRun.TOKEN.secret().reveal();
      tellsNothing(401, RawCaller.answer(served.port(), asked(inUrl, "Host: any")));
      assertEquals(List.of(), served.orders);
      assertTrue(isAnswered(served, request, "Host: any", "Authorization: " + RIGHT));
      assertEquals(request.startsWith("POST") ? 1 : 0, served.orders.size());
    }
  }

  /** A stream does not end by itself, so only the first line is looked at. */
  private static boolean isAnswered(ServedRun served, String request, String... headers)
      throws IOException {
    try (var caller = new RawCaller(served.port())) {
      caller.says(asked(request, headers));
      return status(caller.line()) / 100 == 2;
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void a_name_that_leads_here_and_is_not_of_this_machine_is_refused(String request)
      throws Exception {
    try (var served = ServedRun.open(TABLE)) {
      for (String host :
          List.of(
              "evil.example",
              "evil.example:" + served.port(),
              "localhost.evil.example",
              "127.0.0.1.evil.example",
              "evil.example#localhost",
              "localhost@evil.example",
              "10.0.0.1",
              "0.0.0.0",
              "[::2]",
              "")) {
        tellsNothing(
            421,
            RawCaller.answer(
                served.port(), asked(request, "Host: " + host, "Authorization: " + RIGHT)));
      }
      String without = asked(request, "Authorization: " + RIGHT).replace("HTTP/1.1", "HTTP/1.0");
      tellsNothing(421, RawCaller.answer(served.port(), without));
      assertEquals(List.of(), served.orders);
      assertTrue(isAnswered(served, request, "Host: localhost", "Authorization: " + RIGHT));
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void a_page_of_another_site_is_refused_and_its_own_is_not(String request) throws Exception {
    try (var served = ServedRun.open(TABLE)) {
      String host = "127.0.0.1:" + served.port();
      for (String origin :
          List.of(
              "http://evil.example",
              "https://evil.example",
              "null",
              "http://127.0.0.1:1",
              "http://" + host + ".evil.example",
              "file://",
              "")) {
        tellsNothing(
            403,
            RawCaller.answer(
                served.port(),
                asked(request, "Host: " + host, "Origin: " + origin, "Authorization: " + RIGHT)));
      }
      assertEquals(List.of(), served.orders);
      for (String own : List.of("http://" + host, "https://" + host)) {
        assertTrue(
            isAnswered(
                served, request, "Host: " + host, "Origin: " + own, "Authorization: " + RIGHT));
      }
    }
  }

  /** What a browser asks before it lets a page of another site send a token. */
  @ParameterizedTest
  @MethodSource("guarded")
  void no_page_of_another_site_is_allowed_to_show_a_token(String request) throws Exception {
    String path = request.substring(request.indexOf(' '));
    try (var served = ServedRun.guarded(TABLE)) {
      tellsNothing(
          405,
          RawCaller.answer(
              served.port(),
              asked(
                  "OPTIONS" + path,
                  "Host: any",
                  "Origin: http://evil.example",
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: authorization")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../README.md",
        "/./index.html",
        "//index.html",
        "/web/index.html",
        "/%2e%2e/README.md",
        "/%252e%252e/README.md",
        "/..%2fREADME.md",
        "/..%252fREADME.md",
        "/..\\README.md",
        "/..%5cREADME.md",
        "/%c0%ae%c0%ae/README.md",
        "/index.html%00",
        "/index.html\0.js",
        "/index%2ehtml",
        "/INDEX.HTML",
        "/index.html/",
        "/index.html;x",
        "/../../../../etc/passwd",
        "/xmover/Xmover.class",
        "/META-INF/MANIFEST.MF",
        "/%zz",
        "..",
        "file:///etc/passwd",
        "*",
      })
  void no_path_leads_out_of_the_page(String path) throws Exception {
    try (var served = ServedRun.open(TABLE)) {
      tellsNothing(404, RawCaller.answer(served.port(), asked("GET " + path, "Host: localhost")));
    }
  }

  private static final Waiting.Limits SHORT = new Waiting.Limits(8, Duration.ofMillis(400));

  @Test
  void what_is_too_long_is_refused_and_the_connection_ends() throws Exception {
    String x = "x".repeat(1_000_000);
    String host = " HTTP/1.1\r\nHost: localhost\r\n";
    try (var served = ServedRun.within(Waiting.Limits.DEFAULT, TABLE)) {
      assertEquals(414, letsGoOf(served, "GET /" + x + host + "\r\n"));
      assertEquals(431, letsGoOf(served, "GET /" + host + "X: " + x + "\r\n\r\n"));
      assertEquals(431, letsGoOf(served, "GET /" + host + "X: x\r\n".repeat(200_000) + "\r\n"));
      for (String request : List.of("GET /", "POST " + CONTROL + "abort", "POST /api/status")) {
        assertEquals(413, letsGoOf(served, request + host + "Content-Length: 99999999\r\n\r\n"));
        assertEquals(
            413, letsGoOf(served, request + host + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello"));
      }
      assertEquals(List.of(), served.orders);
      assertEquals(200, served.get("/health/live").statusCode());
    }
  }

  /** The status of the answer; the connection ends although nothing more is said. */
  private static int letsGoOf(ServedRun served, String request) throws IOException {
    try (var caller = new RawCaller(served.port())) {
      try {
        caller.says(request);
      } catch (SocketException gone) {
        // It need not hear all of it.
      }
      String first = caller.line();
      caller.rest();
      return status(first);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
        "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nX: ",
        "\u0016\u0003\u0001"
      })
  void who_says_nothing_or_a_byte_now_and_then_is_let_go_while_others_are_served(String begin)
      throws Exception {
    try (var served = ServedRun.within(SHORT, TABLE);
        var slow = new RawCaller(served.port())) {
      slow.says(begin);
      int said = 0;
      do {
        assertEquals(200, served.get("/health/live").statusCode());
        said++;
      } while (dripped(slow));
      assertTrue(said > 1, "others were served meanwhile");
      assertTrue(said < 4000, "it was let go because of the time, not of what it said");
    }
  }

  /** Says one more byte, which keeps every connection that is only looked at for silence. */
  private static boolean dripped(RawCaller slow) {
    try {
      slow.says("x");
      return true;
    } catch (IOException letGo) {
      return false;
    }
  }

  @Test
  void of_too_many_connections_the_oldest_that_wait_are_closed_and_the_newest_is_served()
      throws Exception {
    var patient = new Waiting.Limits(8, Duration.ofHours(1));
    try (var served = ServedRun.within(patient, TABLE);
        var stream = served.events()) {
      stream.next();
      var idle = new ArrayList<RawCaller>();
      try {
        for (int i = 0; i < 50; i++) {
          idle.add(new RawCaller(served.port()));
        }
        assertEquals(
            200,
            status(RawCaller.answer(served.port(), asked("GET /health/live", "Host: localhost"))));
        for (RawCaller one : idle.subList(0, 40)) {
          assertEquals("", one.rest());
        }
        served.run.step(TABLE, "begin");
        assertEquals("change", stream.next().event(), "who listens is not in the way");
      } finally {
        for (RawCaller one : idle) {
          one.close();
        }
      }
    }
  }

  static Stream<String> names() {
    return Hostile.texts();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_name_that_does_something_when_it_is_shown_does_nothing_in_what_is_served(String name)
      throws Exception {
    try (var served = ServedRun.open("doc." + name)) {
      var answer = served.get("/api/status");
      assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
      assertEquals(List.of(), Hostile.shownIn(answer.body()), answer.body());
      assertEquals(1, answer.body().lines().count());
      var table = new ObjectMapper().readTree(answer.body()).at("/tables/0");
      assertEquals(name, table.path("table").asText(), answer.body());
      try (var caller = new RawCaller(served.port())) {
        caller.says(asked("GET /api/events", "Host: localhost"));
        String data = caller.line();
        while (!data.startsWith("data: ")) {
          assertEquals(List.of(), Hostile.shownIn(data.replace("\r", "")), data);
          data = caller.line();
        }
        assertEquals(
            table, new ObjectMapper().readTree(utf8(data).substring(6)).at("/tables/0"), data);
        assertEquals(List.of(), Hostile.shownIn(utf8(data)), data);
      }
    }
  }

  /** What came as bytes, one a character. */
  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /api/control/abort HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\0\0\0\0\r\n\r\n",
      })
  void what_is_no_request_ends_the_connection_and_nothing_else(String text) throws Exception {
    try (var served = ServedRun.within(SHORT, TABLE)) {
      String answer = RawCaller.answer(served.port(), text);
      assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/\\d\\.\\d [45]\\d\\d .*"), answer);
      assertFalse(answer.contains(TABLE), answer);
      assertEquals(List.of(), served.orders);
      assertEquals(200, served.get("/health/live").statusCode());
    }
  }

  @Test
  void a_token_is_compared_as_a_whole_and_never_printed() {
    String text = ServedRun.TOKEN.secret().reveal();
    assertFalse(new Token(new Secret(text)).toString().contains(text));
    var characters = new TreeSet<Integer>();
    Token.random().secret().reveal().chars().forEach(characters::add);
    assertTrue(characters.size() > 8, "a token that was made is no repeated character");
    assertFalse(Token.random().equals(Token.random()));
  }
}
