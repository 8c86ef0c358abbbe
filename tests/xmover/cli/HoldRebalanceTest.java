package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With --hold-rebalance a run dies at each statement; what is left is the journal, and it puts back
 * the replicas and the rebalancing.
 */
class HoldRebalanceTest {
  /**
   * All that is said of rebalancing: who and what, twice; off and read back; back and read back.
   */
  private static final String REBALANCING = "rebalance.*enable";

  private static final int STATEMENTS_OF_REBALANCING = 8;

  private static final String TABLE = "sessions[\"']";
  private static final int STATEMENTS_OF_TABLE = 8;

  @TempDir private Path folder;
  private WiredDrill drill;
  private List<List<Object>> original;

  @BeforeEach
  void start() throws SqlError {
    drill = new WiredDrill(folder);
    drill.sql("SET GLOBAL PERSISTENT \"cluster.routing.rebalance.enable\" = 'primaries'");
    original = drill.settings();
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private record Death(String words, int statement, String journal) {}

  static Stream<Death> deaths() {
    return Stream.concat(
        IntStream.rangeClosed(1, STATEMENTS_OF_REBALANCING)
            .mapToObj(i -> new Death(REBALANCING, i, i % 2 == 0 ? "cluster" : "file")),
        IntStream.rangeClosed(1, STATEMENTS_OF_TABLE)
            .mapToObj(i -> new Death(TABLE, i, i % 2 == 0 ? "file" : "cluster")));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void after_a_death_resume_puts_back_the_replicas_and_the_rebalancing(Death death)
      throws Exception {
    die(death);
    int code = drill.run("resume", "--takeover", "--journal", journal(death.journal()));
    assertEquals(original, drill.settings(), () -> "killed at " + death + "\n" + drill.said());
    assertEquals(
        "primaries", drill.rebalancing(), () -> "killed at " + death + "\n" + drill.said());
    assertEquals(0, code, drill::said);
  }

  @Test
  void at_sigterm_it_is_put_back_without_a_resume() throws Exception {
    RunningCommand run = drill.hangAt(TABLE, 6, autoexec("file"));
    assertEquals("none", drill.rebalancing());
    run.send("TERM");
    drill.faults.set();
    drill.faults.release();
    assertEquals(143, run.exitCode(), drill::said);
    assertEquals(original, drill.settings());
    assertEquals("primaries", drill.rebalancing(), drill::said);
  }

  @Test
  void the_next_run_puts_back_what_it_was_and_not_none() throws Exception {
    die(new Death(REBALANCING, 7, "file"));
    drill.sql("SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none'");
    assertEquals(0, drill.run(autoexec("file")), drill::said);
    assertEquals("primaries", drill.rebalancing(), drill::said);
  }

  @Test
  void status_shows_what_was_left_and_no_resume_refuses() throws Exception {
    die(new Death(REBALANCING, 6, "file"));
    assertEquals(0, drill.run("status", "--journal", journal("file")));
    assertTrue(drill.said().contains("it was 'primaries' and is 'none' now"), drill::said);
    assertTrue(drill.said().contains("xmover resume, or type: SET GLOBAL TRANSIENT"), drill::said);

    drill.forget();
    assertEquals(
        1,
        drill.run(
            "problematic-translogs", "--autoexec", "--no-resume", "--journal", journal("file")));
    assertTrue(drill.said().contains("was switched off by an earlier run"), drill::said);
    assertEquals("none", drill.rebalancing());
  }

  @Test
  void a_run_that_holds_nothing_puts_back_what_another_left() throws Exception {
    die(new Death(REBALANCING, 6, "file"));
    assertEquals(
        0,
        drill.run(
            "problematic-translogs",
            "--autoexec",
            "--table",
            "doc.users",
            "--journal",
            journal("file")),
        drill::said);
    assertEquals("primaries", drill.rebalancing());
  }

  @Test
  void without_a_table_to_reset_nothing_is_switched_off() throws Exception {
    assertEquals(
        0,
        drill.run(
            "problematic-translogs", "--autoexec", "--hold-rebalance", "--table", "doc.archive"),
        drill::said);
    assertEquals(List.of(), drill.sent("SET GLOBAL"));
  }

  @Test
  void both_statements_are_logged_before_and_after() throws Exception {
    assertEquals(0, drill.run(autoexec("file", "--log-format", "json")), drill::said);
    LoggedEvents logged = drill.logged();
    for (String value : List.of("none", "primaries")) {
      String set = "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = '" + value + "'";
      assertTrue(logged.texts("sql_sending", "sql").contains(set), drill::said);
      assertTrue(logged.texts("sql_answered", "sql").contains(set), drill::said);
    }
    assertEquals(List.of("HELD", "PUT_BACK"), logged.texts("rebalancing", "hold"));
    assertEquals(List.of("primaries", "primaries"), logged.texts("rebalancing", "original"));
  }

  private void die(Death death) {
    drill.dieAt(death.words(), death.statement(), autoexec(death.journal()));
  }

  private static String[] autoexec(String journal, String... more) {
    String words = "problematic-translogs --autoexec --hold-rebalance --table doc.sessions";
    return Stream.of(words.split(" "), new String[] {"--journal", journal(journal)}, more)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  private static String journal(String kind) {
    return kind.equals("cluster") ? kind : "j.jsonl";
  }
}
