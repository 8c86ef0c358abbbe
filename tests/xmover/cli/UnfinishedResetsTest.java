package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import cratesim.model.SqlError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.metrics.Exposition;

/** What an operator sees and types after a run that died, and what a run does by itself. */
class UnfinishedResetsTest {
  /** The look at the leases, which comes after the ALTER to 0 was seen. */
  private static final String LOOK = "= '' AND \"primary\"";

  private static final String[] AUTOEXEC = {
    "problematic-translogs", "--autoexec", "--table", "doc.events", "--lease-sync", "off"
  };

  @TempDir private Path folder;
  private WiredDrill drill;
  private List<List<Object>> original;

  @BeforeEach
  void start() throws SqlError {
    drill = new WiredDrill(folder);
    original = drill.settings();
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private void die() throws SqlError {
    drill.dieAt(LOOK, 1, AUTOEXEC);
    assertNotEquals(original, drill.settings());
  }

  @Test
  void status_tells_what_is_unfinished_and_what_the_cluster_says() throws Exception {
    die();
    assertEquals(0, drill.run("status"), drill::said);
    String said = drill.said();
    assertTrue(said.contains("Unfinished resets: 1"), said);
    assertTrue(said.contains("AT 0 REPLICAS"), said);
    assertTrue(said.contains("ops@"), said);
    assertTrue(said.contains("xmover restore 'doc.archive' --to SETTING"), said);
  }

  @Test
  void status_tells_of_resets_that_ended() throws Exception {
    assertEquals(0, drill.run("reset", "doc.users", "--yes", "--force"), drill::said);
    drill.forget();
    assertEquals(0, drill.run("status"), drill::said);
    assertTrue(drill.said().contains("Ended in the last 30 days: 1\n"), drill::said);
    assertTrue(drill.said().contains("| cured"), drill::said);
  }

  @Test
  void restore_puts_everything_back_at_once() throws Exception {
    die();
    assertEquals(0, drill.run("restore"), drill::said);
    assertEquals(original, drill.settings());
    drill.forget();
    assertEquals(0, drill.run("status"));
    assertTrue(drill.said().contains("No unfinished reset."), drill::said);
  }

  @Test
  void restore_of_a_table_the_journal_does_not_know_needs_a_setting() throws Exception {
    assertEquals(1, drill.run("restore", "doc.archive"));
    assertTrue(drill.said().contains("give it with --to"), drill::said);
    assertEquals(original, drill.settings());
    assertEquals(0, drill.run("restore", "doc.archive", "--to", "0-1"), drill::said);
    assertTrue(drill.settings().contains(List.of("archive", "", "0-1")));
  }

  @Test
  void restore_of_a_table_the_journal_does_not_know_says_that_it_was_named() throws Exception {
    assertEquals(
        0, drill.run("restore", "doc.archive", "--to", "0-1", "--log-format", "json"), drill::said);
    assertEquals(
        "AT 0 REPLICAS (no journal knows it: you named it)",
        drill.logged().only("resuming").path("cluster").asText());
  }

  @Test
  void restore_of_one_table_counts_those_at_zero_that_it_leaves() throws Exception {
    die();
    Path file = folder.resolve("xmover.prom");
    assertEquals(
        0,
        drill.run("restore", "doc.archive", "--to", "0-1", "--metrics-file", file.toString()),
        drill::said);
    var told = new Exposition(Files.readString(file));
    assertEquals(
        (double) drill.settings().stream().filter(row -> row.get(2).equals("0")).count(),
        told.value("xmover_tables_at_zero_replicas"));
    assertTrue(told.value("xmover_tables_at_zero_replicas") > 0, told.text());
    assertTrue(told.value("xmover_exposed_bytes") > 0, told.text());
    assertTrue(told.value("xmover_oldest_zero_replicas_timestamp_seconds") > 0, told.text());
  }

  @Test
  void the_next_run_finishes_what_was_begun() throws Exception {
    die();
    assertEquals(
        0, drill.run("problematic-translogs", "--autoexec", "--table", "doc.users"), drill::said);
    assertEquals(original, drill.settings());
  }

  @Test
  void the_next_run_begins_nothing_with_no_resume() throws Exception {
    die();
    assertEquals(1, drill.run("problematic-translogs", "--autoexec", "--no-resume"));
    assertTrue(drill.said().contains("xmover resume"), drill::said);
    assertTrue(drill.settings().contains(List.of("events", "", "0")));
    assertTrue(drill.settings().contains(List.of("metrics", "", "1")));
  }

  @Test
  void what_somebody_else_changed_meanwhile_is_told_and_left() throws Exception {
    die();
    drill.sql("ALTER TABLE \"doc\".\"events\" SET (\"number_of_replicas\" = '2')");
    assertEquals(1, drill.run("resume", "--log-format", "json"), drill::said);
    assertTrue(drill.settings().contains(List.of("events", "", "2")));
    JsonNode failed = drill.logged().only("failed");
    assertEquals("doc.events", failed.path("table").asText());
    assertEquals("CHANGED_BY_OTHERS", failed.path("cause").asText());
  }

  @Test
  void a_second_run_is_told_who_works_on_the_cluster() throws Exception {
    RunningCommand first = drill.hangAt(LOOK, 1, AUTOEXEC);
    drill.forget();
    assertEquals(1, drill.run(AUTOEXEC));
    assertTrue(drill.said().contains("process " + ProcessHandle.current().pid()), drill::said);
    first.send("TERM");
    drill.faults.release();
    assertEquals(143, first.exitCode(), drill::said);
  }

  @Test
  void max_runtime_puts_back_what_is_at_risk() throws Exception {
    // Leases stay for ten minutes, so that the table is at 0 when the time is over.
    try (var crate = new WiredDrill(folder.resolve("slow"), "drill?tick=600&recovery=0.1")) {
      RunningCommand run =
          crate.start(
              ("reset doc.events --yes --lease-sync off --backoff 600s --max-runtime 20s "
                      + "--log-format json")
                  .split(" "));
      crate.await(run, LOOK, 1);
      assertNotEquals(original, crate.settings());
      assertEquals(1, run.exitCode(), crate::said);
      assertEquals(original, crate.settings());
      String reason = crate.logged().only("stopping").path("reason").asText();
      assertTrue(reason.startsWith("--max-runtime "), reason);
    }
  }
}
