package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code status} says first: whether a run is at work, and whether anybody has to act. */
class StatusTest {
  private static final String LOOK = "lease_sources, partition_uuid";

  @TempDir private Path folder;
  private WiredDrill drill;

  @BeforeEach
  void start() throws Exception {
    drill = new WiredDrill(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private static String[] reset(String journal) {
    return ("reset doc.events --yes --lease-sync off --journal " + journal).split(" ");
  }

  private String journal(String where) {
    return where.equals("cluster") ? where : folder.resolve("journal.jsonl").toString();
  }

  private String status(int code, String... more) {
    drill.forget();
    assertEquals(code, drill.run(more), drill::said);
    return drill.said();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "cluster"})
  void a_run_that_is_at_work_is_to_be_left_alone(String where) {
    RunningCommand run = drill.hangAt(LOOK, 1, reset(journal(where)));
    String said = status(0, "status", "--journal", journal(where));
    assertTrue(said.matches("(?s)A run is at work: ops@.* since .*: leave it\n.*"), said);
    assertTrue(said.contains("doc.events"), said);
    assertFalse(said.contains("xmover resume"), said);
    assertFalse(said.contains("xmover restore'"), said);
    status(4, "status", "--fail-if-unfinished", "--journal", journal(where));
    run.send("TERM");
    drill.faults.set();
    drill.faults.release();
    assertEquals(143, run.exitCode(), drill::said);
    said = status(0, "status", "--fail-if-unfinished", "--journal", journal(where));
    assertTrue(said.startsWith("No run is at work\nNo unfinished reset."), said);
  }

  @Test
  void of_a_run_that_died_it_says_how_many_tables_are_at_0_for_how_long_and_what_to_type() {
    drill.dieAt(LOOK, 1, reset(journal("file")));
    String said = status(4, "status", "--fail-if-unfinished", "--journal", journal("file"));
    assertTrue(
        said.matches(
            "(?s)No run is at work: 1 table AT 0 replicas for [0-9.]+s → xmover restore\n.*"),
        said);
  }

  @Test
  void programs_are_told_the_same() throws Exception {
    drill.dieAt(LOOK, 1, reset(journal("file")));
    JsonNode json =
        new JsonMapper()
            .readTree(status(0, "status", "--output", "json", "--journal", journal("file")));
    assertTrue(json.path("run_at_work").isNull(), json.toString());
    JsonNode entry = json.at("/unfinished/0");
    assertEquals("doc.events", entry.path("name").asText());
    assertTrue(entry.path("at_zero").asBoolean(), json.toString());
    assertEquals("0-1", entry.path("number_of_replicas").asText());
    assertEquals("doc.archive", json.at("/unexplained/0").asText());
  }
}
