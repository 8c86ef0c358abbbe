package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --journal Cluster} made a file of that name, which died with its pod. */
class JournalMeantOtherwiseTest {
  @TempDir private static Path folder;
  private static WiredCluster drill;

  @BeforeAll
  static void start() throws IOException {
    drill = WiredCluster.withUsers(folder);
  }

  @AfterAll
  static void stop() {
    drill.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cluster",
        "CLUSTER",
        "cluster.",
        "cluster ",
        "Cluster:xmover.journal",
        "cluster=xmover.journal",
        "cluster.xmover.journal",
        "clusters",
        "xmover.journal",
        "in-cluster",
        "CrateDB",
        "none",
        "postgresql://localhost:5432/doc",
        "-",
        ""
      })
  void a_word_that_means_something_else_is_no_file(String typed) {
    var outcome = status(typed);

    assertEquals(1, outcome.exitCode(), outcome.err());
    assertEquals(
        "xmover: --journal '"
            + typed
            + "' names no file: write cluster or cluster:schema.table for a table in CrateDB, or a"
            + " path like ./journal.jsonl",
        outcome.err().strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./Cluster",
        "Cluster/journal",
        "cluster.jsonl",
        "cluster-prod.jsonl",
        "clustered",
        "journal",
        "none.jsonl"
      })
  void a_path_or_any_other_name_stays_a_file(String typed) {
    var outcome = status(typed);

    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("", outcome.err());
  }

  private static Operator.Outcome status(String journal) {
    return Operator.types("status", "--connect", drill.pg(), "--journal=" + journal);
  }
}
