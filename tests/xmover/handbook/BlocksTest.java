package xmover.handbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.Command;
import xmover.Repository;
import xmover.suite.NeedsProcess;

/**
 * Every block of commands in the handbook ends with 0, against a simulated cluster that stands for
 * the reader's. A shell reads each block, commands run in this JVM. What needs more than this
 * machine names the test that does it.
 */
@NeedsProcess
class BlocksTest {
  /** Where a line begins like this, that class runs what it does. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "./jbang tests/AllTests.java", "AllTests",
          "./jbang tests/Fuzz.java", "Fuzz",
          "./jbang install", "packaging/InstalledCommandTest",
          "xmover heal --dry-run --profile", "xmover/cli/SettingsTest",
          "xmover settings", "xmover/cli/SettingsTest",
          "xmover ctl abort http", "xmover/cli/CtlTest",
          "jbang catalog add", "xmover/RemoteCatalogTest",
          "jbang xmover@catalog", "xmover/RemoteCatalogTest");

  @TempDir private Path folder;

  static Stream<Block> typed() throws IOException {
    return Block.pages().stream()
        .flatMap(page -> Block.of(page).stream())
        .filter(block -> block.isTyped() && !block.text().startsWith("# terminal"));
  }

  @Test
  void a_block_says_whether_it_is_typed() throws IOException {
    Set<String> known = Set.of("sh", "text", "sql", "java", "properties", "bash");
    for (String page : Block.pages()) {
      for (Block block : Block.of(page)) {
        assertTrue(known.contains(block.language()), block::toString);
      }
    }
  }

  @Test
  void every_block_ends_with_0() throws Exception {
    assumeTrue(Command.installed("jq").isPresent(), "no jq");
    Files.writeString(folder.resolve("script.jsh"), "show(detect())\n/exit\n");
    Shell.pretend("docker", folder);
    Shell.pretend("kubectl", folder);
    try (var jvm = new SharedJvm(folder)) {
      runAll(Shell.environment(folder, jvm));
    }
  }

  private void runAll(Map<String, String> environment) throws Exception {
    try (var simulation = new Terminal(folder, "1", environment)) {
      simulation.begin("xmover simulate demo --pg-port 0 --http-port 0");
      simulation.awaitShown(List.of("  http://…"));
      String url = simulation.lines().get(1).strip();
      for (Block block : typed().toList()) {
        run(block, url, environment);
      }
    }
  }

  private void run(Block block, String url, Map<String, String> environment) throws Exception {
    String here =
        String.join("\n", block.lines().stream().filter(line -> !isElsewhere(line)).toList())
            .replace("postgresql://crate@db1:5432,db2:5432/doc", url);
    Command command =
        Command.of(Path.of("/bin/bash"), "-e", "-o", "pipefail", "-c", here)
            .in(folder)
            .with("CRATE_CONNECTION_STRING", url);
    environment.forEach(command::with);
    var outcome = command.run();
    assertEquals(0, outcome.exitCode(), () -> block + "\n" + outcome);
  }

  private static boolean isElsewhere(String line) {
    return ELSEWHERE.keySet().stream().anyMatch(line::startsWith);
  }

  static Set<String> classes() {
    return Set.copyOf(ELSEWHERE.values());
  }

  @ParameterizedTest
  @MethodSource("classes")
  void what_is_run_elsewhere_is_run_by_a_test_that_exists(String name) {
    assertTrue(Files.exists(Repository.root().resolve("tests/" + name + ".java")), name);
  }
}
