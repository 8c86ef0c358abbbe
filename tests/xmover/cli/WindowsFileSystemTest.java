package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import cratesim.faults.Fault;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.environment.TestEnvironment;

/**
 * Runs whose home is on an in-memory file system with Windows' paths, names and attributes: no step
 * of a reset needs POSIX. What it does not have is Windows itself, such as its mandatory locks.
 */
class WindowsFileSystemTest {
  private static final String TABLE =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "stuck_translog": "9gb"}
      """;

  @TempDir private Path folder;
  private final FileSystem windows =
      Jimfs.newFileSystem(
          Configuration.windows().toBuilder().setAttributeViews("basic", "acl", "owner").build());
  private Path home;
  private WiredCluster cluster;

  @BeforeEach
  void start() throws IOException {
    home = Files.createDirectories(windows.getPath("C:\\Users\\ops"));
    cluster = new WiredCluster(folder, "", TABLE);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
    windows.close();
  }

  private String types(Path there, String... words) {
    var all = Stream.concat(Stream.of(words), Stream.of("--connect", cluster.pg()));
    var around = new TestEnvironment(there).with(cluster.time);
    var outcome = Operator.types(around, all.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.err());
    return outcome.out() + outcome.err();
  }

  /** Their names, with the id of the cluster and the number of the process told as such. */
  private static List<String> files(Path there) throws IOException {
    try (Stream<Path> all = Files.walk(there)) {
      return all.filter(Files::isRegularFile)
          .map(file -> there.relativize(file).toString().replace('\\', '/'))
          .map(file -> file.replaceFirst("[\\w-]{22}\\.", "CLUSTER."))
          .sorted()
          .toList();
    }
  }

  @Test
  void a_reset_leaves_there_what_it_leaves_elsewhere() throws IOException {
    String[] reset = {
      "reset", "doc.t", "--yes", "--force", "--report", "r.html", "--metrics-file", "m.prom"
    };
    types(home, reset);
    types(home, reset);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    types(elsewhere, reset);
    assertEquals(files(elsewhere), files(home));
    assertTrue(Files.readString(home.resolve("m.prom")).contains("xmover_tables_processed_total"));
    assertTrue(Files.readString(home.resolve("r.html")).contains("doc.t"));
  }

  @Test
  void what_is_begun_is_found_in_the_journal_there_by_whoever_comes_next() throws Exception {
    cluster.faults.set(Fault.on("= '0'", Fault.Disruption.HANG));
    var around = new TestEnvironment(home).with(cluster.time);
    var run =
        RunningCommand.start(
            around, "reset", "doc.t", "--yes", "--force", "--connect", cluster.pg());
    cluster.log.nth("= '0'", 1).get(10, TimeUnit.SECONDS);
    Path heir = windows.getPath("C:\\Users\\heir");
    copyJournal(heir);
    cluster.faults.set();
    cluster.faults.release();
    assertEquals(0, run.exitCode(), around.err());
    String resumed = types(heir, "resume", "--takeover");
    assertTrue(resumed.contains("doc.t"), resumed);
    // Who died at the ALTER has left it to be looked at once more.
    assertTrue(types(heir, "resume").contains("doc.t"));
    assertFalse(types(heir, "resume").contains("doc.t"));
  }

  private void copyJournal(Path heir) throws IOException {
    Path state = home.resolve(".local\\state\\xmover");
    Path to = Files.createDirectories(heir.resolve(".local\\state\\xmover"));
    try (var journals = Files.newDirectoryStream(state, "*.jsonl")) {
      for (Path journal : journals) {
        Files.copy(journal, to.resolve(journal.getFileName()));
      }
    }
    assertEquals(1, files(heir).size());
  }
}
