package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.web.ToldStream;
import xmover.web.ToldStream.Told;

/** A run with {@code --serve}, in a process of its own, and what it answers meanwhile. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeTest {
  private static final String TOKEN = "a-token-of-a-test";
  private static final Map<String, String> SET = Map.of("XMOVER_TOKEN", TOKEN);
  private static final String[] SHOWN = {"Authorization", "Bearer " + TOKEN};
  private static final String[] AUTOEXEC = {
    "problematic-translogs", "--autoexec", "--table", "doc.events"
  };

  private static final Pattern SERVED_AFTER = Pattern.compile("(Its page is served for 30m)");

  @TempDir private Path folder;
  private ServedDrill served;
  private List<List<Object>> original;

  @BeforeEach
  void start() throws Exception {
    served = new ServedDrill(folder);
    original = served.drill.settings();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void it_is_alive_at_once_and_says_why_it_is_not_ready_yet() throws Exception {
    served.hangAt("FROM sys.cluster");
    served.serve(AUTOEXEC);
    assertEquals(200, served.get("/health/live").statusCode());
    assertEquals("not ready: not connected to a cluster yet\n", served.get("/health/ready").body());
    served.hangAt(ServedDrill.LOOK);
    served.drill.faults.release();
    served.until(head -> head.path("cluster").path("name").asText().equals("drill"));
    assertEquals("ready\n", served.get("/health/ready").body());
    served.goOn();
    assertEquals(0, served.exitCode(), served.drill::said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"problematic-translogs --autoexec --table doc.events", "reset doc.events --yes"})
  void while_it_works_every_address_answers_and_those_who_listen_are_told_the_end(String command)
      throws Exception {
    served.hangAt(ServedDrill.LOOK);
    served.serve(command.split(" "));
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    for (String path : List.of("/", "/health/live", "/health/ready", "/api/status")) {
      assertEquals(200, served.get(path).statusCode(), path);
    }
    var metrics = served.get("/metrics");
    assertEquals(200, metrics.statusCode());
    assertTrue(metrics.body().contains("\nxmover_tables_at_zero_replicas{"), metrics.body());
    try (ToldStream events = served.events()) {
      assertEquals("status", events.next().event());
      served.goOn();
      Told last = events.next();
      JsonNode head = last.data();
      for (Told told = last; !told.event().equals("end"); told = events.next()) {
        head = told.data();
      }
      assertEquals(1, head.at("/report/succeeded").asInt(), head.toString());
    }
    assertEquals(0, served.exitCode(), served.drill::said);
  }

  @Test
  void a_resume_is_served_too() throws Exception {
    served.drill.dieAt(ServedDrill.LOOK, 1, AUTOEXEC);
    served.hangAt("SET .\"number_of_replicas\" = '0-1'");
    served.serve("resume");
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    served.goOn();
    assertEquals(0, served.exitCode(), served.drill::said);
    assertEquals(original, served.drill.settings());
  }

  @Test
  void at_sigterm_everything_is_put_back_and_those_who_listen_are_told() throws Exception {
    served.serve(ServedDrill.WAITING);
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    try (ToldStream events = served.events()) {
      served.command().send("TERM");
      boolean stopping = false;
      for (Told told = events.next(); !told.event().equals("end"); told = events.next()) {
        stopping |= told.data().has("stopping");
      }
      assertTrue(stopping);
    }
    assertEquals(143, served.exitCode(), served.drill::said);
    assertEquals(original, served.drill.settings());
  }

  @Test
  void a_port_in_use_ends_it_before_anything_is_sent() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      int code = served.drill.run("problematic-translogs", "--autoexec", "--serve", port);
      assertEquals(1, code);
      String sentence =
          "xmover: --serve 127.0.0.1:%s: can't listen there (Address already in use): choose another port\n"
              .formatted(port);
      // Java 25 may say something of native libraries before.
      assertTrue(served.drill.said().endsWith(sentence), served.drill::said);
    }
    assertEquals(List.of(), served.drill.sent(""));
  }

  @Test
  void other_machines_are_refused_without_a_token_also_in_a_dry_run() throws Exception {
    for (String dry : List.of("--dry-run", "--concurrent=1")) {
      served.drill.forget();
      int code =
          served.drill.run("problematic-translogs", "--autoexec", dry, "--serve", "0.0.0.0:0");
      assertEquals(1, code);
      assertTrue(
          served
              .drill
              .said()
              .startsWith(
                  "xmover: --serve 0.0.0.0:0 can be reached from other machines: put a token into"
                      + " XMOVER_TOKEN_FILE"),
          served.drill::said);
    }
    assertEquals(List.of(), served.drill.sent(""));
  }

  @Test
  void with_a_token_other_machines_get_health_without_it_and_the_rest_with_it() throws Exception {
    served.hangAt(ServedDrill.LOOK);
    served.serve(SET, "0.0.0.0:0", AUTOEXEC);
    for (String path : List.of("/health/live", "/")) {
      assertEquals(200, served.get(path).statusCode(), path);
    }
    assertEquals(401, served.get("/api/status").statusCode());
    assertEquals(200, served.get("/api/status", SHOWN).statusCode());
    assertFalse(served.drill.said().contains(TOKEN));
    served.goOn();
    assertEquals(0, served.exitCode(), served.drill::said);
  }

  @Test
  void the_token_that_is_made_is_in_a_file_of_the_owner_until_the_run_is_over() throws Exception {
    served.serve(ServedDrill.WAITING);
    Path note = served.note();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(note)));
    List<String> lines = Files.readAllLines(note);
    assertEquals("url=" + served.url(), lines.get(0));
    String token = lines.get(1).substring("token=".length());
    assertTrue(served.drill.said().contains(note.toString()), served.drill::said);
    assertFalse(served.drill.said().contains(token), "the log is no place for a token");
    assertEquals(401, served.post("/api/control/abort").statusCode());
    assertEquals(
        202, served.post("/api/control/abort", "Authorization", "Bearer " + token).statusCode());
    assertEquals(1, served.exitCode(), served.drill::said);
    assertFalse(Files.exists(note));
  }

  @Test
  void where_the_token_can_be_written_nowhere_the_run_is_served_and_takes_no_orders()
      throws Exception {
    Files.createFile(folder.resolve("file"));
    var nowhere = Map.of("XDG_STATE_HOME", folder.resolve("file").toString());
    String words = "reset doc.events --yes --journal cluster --log-format json";
    served.hangAt(ServedDrill.LOOK);
    served.serve(nowhere, "0", words.split(" "));
    served.drill.logged().only("observer");
    assertEquals(401, served.post("/api/control/abort").statusCode());
    served.goOn();
    assertEquals(0, served.exitCode(), served.drill::said);
  }

  @Test
  void programs_read_where_it_serves_as_json() throws Exception {
    int code =
        served.drill.run("reset", "doc.events", "--yes", "--serve", "0", "--log-format", "json");
    assertEquals(0, code, served.drill::said);
    JsonNode serving = served.drill.logged().only("serving");
    assertTrue(serving.path("url").asText().startsWith("http://127.0.0.1:"), serving.toString());
  }

  @Test
  void a_dry_run_says_that_it_is_not_served() throws Exception {
    int code =
        served.drill.run(
            "reset", "doc.events", "--dry-run", "--serve", "0", "--log-format", "json");
    assertEquals(0, code, served.drill::said);
    served.drill.logged().only("not_watched");
  }

  @Test
  void what_a_run_reads_of_nodes_and_copies_is_told_while_it_works() throws Exception {
    served.hangAt(ServedDrill.LOOK);
    served.serve(AUTOEXEC);
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    JsonNode status = served.status();
    JsonNode node = status.at("/nodes/all/0");
    assertTrue(node.path("size_bytes").asLong() > 0, node.toString());
    assertTrue(node.path("low_bytes").asLong() > 0, node.toString());
    assertTrue(node.path("used_bytes").asLong() > 0, node.toString());
    assertEquals("doc.events", node.at("/copies/0/table").asText(), node.toString());
    assertTrue(status.at("/over_time/points").size() > 1, status.toString());
    assertEquals(404, served.get("/report").statusCode());
    served.goOn();
    assertEquals(0, served.exitCode(), served.drill::said);
  }

  @Test
  void after_the_run_its_page_and_report_are_served_until_a_signal_with_the_runs_own_code()
      throws Exception {
    served.serve(
        "reset", "doc.events", "--yes", "--serve-after", "30m", "--max-exposed-bytes", "1TB");
    JsonNode head = served.until(told -> told.has("exit_code"));
    assertEquals(0, head.path("exit_code").asInt());
    served.until(told -> told.path("runs").size() == 1);
    assertEquals(1L << 40, served.status().at("/over_time/limit_bytes").asLong());
    served.drill.said(served.command(), SERVED_AFTER);
    var page = served.get("/report");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("doc.events"), page.body());
    assertTrue(
        page.headers().firstValue("Content-Security-Policy").orElseThrow().contains("sandbox"));
    assertEquals(200, served.get("/api/report").statusCode());
    assertTrue(Files.exists(served.note()));
    served.command().send("INT");
    assertEquals(0, served.exitCode(), served.drill::said);
    assertFalse(Files.exists(served.note()));
  }

  @Test
  void after_its_time_the_page_is_gone_by_itself() throws Exception {
    served.serve("reset", "doc.events", "--yes", "--serve-after", "500ms");
    assertEquals(0, served.exitCode(), served.drill::said);
    assertFalse(Files.exists(served.note()));
  }

  @Test
  void a_run_that_a_signal_stopped_is_not_served_longer() throws Exception {
    var words = new ArrayList<>(List.of(ServedDrill.WAITING));
    words.addAll(List.of("--serve-after", "30m"));
    served.serve(words.toArray(String[]::new));
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    served.command().send("TERM");
    assertEquals(143, served.exitCode(), served.drill::said);
  }

  @Test
  void a_time_after_the_run_is_refused_where_no_page_is_served() throws Exception {
    int code = served.drill.run("problematic-translogs", "--autoexec", "--serve-after", "30m");
    assertEquals(1, code, served.drill::said);
    assertTrue(served.drill.said().contains("--serve-after needs --serve"), served.drill::said);
    assertEquals(List.of(), served.drill.sent(""));
  }
}
