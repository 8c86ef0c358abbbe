package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator.Outcome;
import xmover.suite.NeedsProcess;

/** What {@code xmover ctl} does to a run in another process, and what it says when it can't. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CtlTest {
  private static final Map<String, String> SET = Map.of("XMOVER_TOKEN", "a-token-of-a-test");
  private static final String[] TWO_TABLES = {
    "reset", "doc.events", "doc.users", "--yes", "--force", "--no-wait-recovery"
  };

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

  private void said(String sentence, Outcome outcome) {
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals(served.url() + ": " + sentence + "\n", outcome.out());
    assertEquals("", outcome.err());
  }

  private static void refused(String sentence, Outcome outcome) {
    assertEquals(1, outcome.exitCode(), outcome.toString());
    assertEquals("", outcome.out());
    assertEquals("xmover: " + sentence + "\n", outcome.err());
  }

  @Test
  void a_pause_starts_no_new_table_until_it_is_told_to_continue() throws Exception {
    served.hangAt(ServedDrill.LOOK);
    served.serve(TWO_TABLES);
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    said("paused: no new table is started, those under way go on", served.ctl("pause"));
    served.goOn();
    served.until(head -> head.at("/counts/ended").asInt() == 1);
    String status = served.ctl("status").out();
    assertTrue(
        status.matches(
            "(?s).*cluster drill; 1 of 2 tables ended, 0 at zero replicas; 1 table, [0-9.]+ GB at"
                + " one copy, for [0-9.]+s; paused since 20.*"),
        status);
    assertEquals(List.of(), served.drill.sent("ALTER.*users"));
    said("going on", served.ctl("continue", served.url()));
    assertEquals(0, served.exitCode(), served.drill::said);
    assertEquals(2, served.drill.sent("ALTER.*users").size());
    assertEquals(original, served.drill.settings());
  }

  @Test
  void an_abort_puts_everything_back_and_the_run_ends_with_1() throws Exception {
    served.serve(ServedDrill.WAITING);
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    said("aborting: tables under way are put back, then the run ends", served.ctl("abort"));
    assertEquals(1, served.exitCode(), served.drill::said);
    assertEquals(original, served.drill.settings());
    served.drill.logged().only("stopping");
    assertEquals(2, served.drill.logged().only("run_ended").path("failed").asInt());
  }

  @Test
  void an_abort_ends_a_pause_and_what_had_succeeded_makes_it_3() throws Exception {
    served.hangAt(ServedDrill.LOOK);
    served.serve(TWO_TABLES);
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    served.ctl("pause");
    served.goOn();
    served.until(head -> head.at("/counts/ended").asInt() == 1);
    served.ctl("abort");
    assertEquals(3, served.exitCode(), served.drill::said);
    assertEquals(original, served.drill.settings());
  }

  @Test
  void a_run_that_stops_takes_no_pause() throws Exception {
    served.hangAt("SET .\"number_of_replicas\" = '0-1'");
    served.serve(ServedDrill.WAITING);
    served.until(head -> head.at("/counts/at_zero").asInt() == 1);
    served.command().send("TERM");
    served.until(head -> head.has("stopping"));
    refused(
        served.url() + " refuses: the run is stopping: stopped by SIGTERM", served.ctl("pause"));
    served.goOn();
    assertEquals(143, served.exitCode(), served.drill::said);
  }

  @Test
  void a_token_that_was_set_is_the_one_that_counts() throws Exception {
    served.serve(SET, "0", ServedDrill.WAITING);
    for (String word : List.of("status", "pause", "continue", "abort")) {
      refused(
          served.url()
              + " asks for the token it was started with: put it into XMOVER_TOKEN_FILE or"
              + " XMOVER_TOKEN",
          served.ctl(word));
      refused(
          served.url()
              + " was started with another token than the one in XMOVER_TOKEN_FILE or XMOVER_TOKEN",
          served.ctl(Map.of("XMOVER_TOKEN", "another-token-of-a-test"), word));
    }
    Path file = Files.writeString(folder.resolve("token"), SET.get("XMOVER_TOKEN") + "\n");
    said(
        "aborting: tables under way are put back, then the run ends",
        served.ctl(Map.of("XMOVER_TOKEN_FILE", file.toString()), "abort"));
    assertEquals(1, served.exitCode(), served.drill::said);
  }

  @Test
  @NeedsProcess
  void a_run_that_is_over_or_dead_is_told() throws Exception {
    String none =
        "no run of yours is served on this machine: name its URL, as in xmover ctl pause"
            + " http://127.0.0.1:8080";
    refused(none, served.ctl("pause"));
    served.serveAndBeKilled(ServedDrill.WAITING);
    refused(none, served.ctl("pause"));
    String err = served.ctl("pause", served.url()).err();
    assertTrue(
        err.startsWith("xmover: nothing answers at " + served.url() + " (Connection refused"), err);
    assertTrue(err.endsWith("): is the run over?\n"), err);
  }

  @Test
  void of_several_runs_one_has_to_be_named() throws Exception {
    served.serve(ServedDrill.WAITING);
    // As an older version leaves it.
    Path other = served.drill.home().resolve("xmover/serve-" + ProcessHandle.current().pid());
    Files.writeString(other, "url=http://127.0.0.1:1\n");
    refused(
        "more than one run is served on this machine, name one: http://127.0.0.1:1 " + served.url(),
        served.ctl("abort"));
    String byName = served.url().replace("127.0.0.1", "localhost");
    assertEquals(0, served.ctl("abort", byName).exitCode());
    assertEquals(1, served.exitCode(), served.drill::said);
  }

  @Test
  void something_else_that_answers_is_told() throws Exception {
    String url = served.drill.http();
    refused(
        url + " answers with HTTP status 403: is that a run with --serve?",
        served.ctl("abort", url));
  }
}
