package xmover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import xmover.cli.Operator;
import xmover.cli.Operator.Outcome;
import xmover.cli.WiredCluster;
import xmover.environment.TestEnvironment;

/** A JShell took the connection of a settings file, and neither its journal nor its limits. */
@ResourceLock("the one shell of a process")
class ShellLeftTheSettingsOutTest {
  @TempDir private Path folder;
  private WiredCluster crate;

  @BeforeEach
  void start() throws Exception {
    crate =
        new WiredCluster(
            folder,
            "",
            """
            {"name": "doc.sick", "shards": 2, "replicas": "1", "size": "3gb", "sick": {"translog": "2gb"}}
            """);
  }

  @AfterEach
  void stop() {
    crate.close();
  }

  private Outcome pipes(String settings, String typed, String... words) throws Exception {
    Path file = folder.resolve(".config/xmover/xmover.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "connect=" + crate.pg() + "\n" + settings);
    return Operator.types(new TestEnvironment(folder).with(crate.time).typing(typed + "\n"), words);
  }

  @Test
  void a_table_that_the_file_excludes_is_not_healed() throws Exception {
    var outcome = pipes("exclude=doc.s*\n", "detect()\nheal(yes)\nreset(yes)", "shell");
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertEquals(List.of(), crate.log.matching("^ALTER"));
    pipes("", "heal(yes)", "shell", "--exclude", "doc.s*");
    assertEquals(List.of(), crate.log.matching("^ALTER"));
  }

  @Test
  void what_it_heals_is_in_the_journal_of_the_file_as_with_any_command() throws Exception {
    var outcome = pipes("journal=ours.jsonl\n", "reset(yes)\nhistory()", "shell");
    assertEquals(0, outcome.exitCode(), outcome::toString);
    String told = "Ended in the last 30 days: 1\n";
    assertTrue(outcome.out().contains(told), outcome.out());
    assertTrue(pipes("journal=ours.jsonl\n", "", "history").out().contains(told));
    assertTrue(pipes("", "history()", "shell").out().contains("days: 0"));
  }

  @Test
  void its_limits_and_gates_are_those_of_the_file() throws Exception {
    var outcome = pipes("require-snapshot=1h\nearly=true\n", "reset(yes)", "shell");
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.err().contains("snapshot-age"), outcome.err());
    assertEquals(List.of(), crate.log.matching("^ALTER TABLE"));
  }
}
