package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal named with --journal held a table of another cluster at 0, and no command said so. */
class EntriesOfAnotherClusterInOneFileTest {
  @TempDir private Path folder;

  private WiredDrill drill;
  private Path journal;

  @BeforeEach
  void open() throws IOException {
    drill = new WiredDrill(folder);
    journal = folder.resolve("j.jsonl");
    Files.writeString(
        journal,
        """
        {"v":3,"run":"r","user":"u","host":"h","started":"2024-01-15T10:30:00Z",\
        "addresses":["127.0.0.1:%d"],"schema":"doc","table":"metrics","cluster":"another",\
        "uuid":"aaaaaaaaaaaaaaaaaaaaaa","original":"1","primaries":4,"state":"MONITORING_LEASES",\
        "since":"2024-01-15T10:30:00Z","at":"2024-01-15T10:30:00Z"}
        """
            .formatted(drill.port()));
  }

  @AfterEach
  void close() {
    drill.close();
  }

  @Test
  void resume_names_it_and_ends_with_4() throws Exception {
    assertNamed(types("resume"));
  }

  @Test
  void a_run_names_it_and_ends_with_4() throws Exception {
    assertNamed(types("problematic-translogs", "--autoexec", "--sizeMB", "999999"));
  }

  @Test
  void with_the_cluster_down_status_and_resume_know_it_all_the_same() throws Exception {
    drill.goAway();
    assertNamed(types("status"));
    assertNamed(types("resume"));
  }

  @Test
  void what_is_told_has_a_line_for_each_table() throws Exception {
    Operator.Outcome refused = types("restore", "doc.nosuch");
    assertEquals(4, refused.exitCode());
    assertTrue(!refused.err().contains("\\n"), refused.err());
  }

  @Test
  void it_is_not_forgotten_unread() throws Exception {
    drill.faults.set(Fault.on("primary_bytes", Fault.Disruption.CLOSE_BEFORE_EXECUTING));
    assertEquals(1, types("forget", "doc.metrics").exitCode());
  }

  private Operator.Outcome types(String... words) throws Exception {
    var all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of("--connect", drill.url(), "--connect-timeout", "2s", "--journal", "" + journal));
    return drill.types(Map.of(), all.toArray(String[]::new));
  }

  private static void assertNamed(Operator.Outcome outcome) {
    assertEquals(4, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.err().contains("doc.metrics"), outcome.toString());
  }
}
