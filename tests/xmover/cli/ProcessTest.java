package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.ChildJvm;
import xmover.cli.Operator.Outcome;
import xmover.suite.NeedsProcess;

/** What only a process of its own can show: streams, signals, its environment, a terminal. */
@NeedsProcess
class ProcessTest {
  private static final String ESCAPE = "\u001b[";

  @TempDir private Path folder;
  private WiredCluster drill;

  @BeforeEach
  void start() throws IOException {
    drill = WiredCluster.withUsers(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private static List<String> xmover(String... arguments) {
    return ChildJvm.shortLived(Operator.class, List.of(), arguments);
  }

  private ProcessBuilder process(List<String> command) {
    var process = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
    Stream.of("NO_COLOR", "CRATE_PASSWORD", "CRATE_PASSWORD_FILE", "CRATE_CONNECTION_STRING")
        .forEach(process.environment()::remove);
    return process.redirectError(folder.resolve("err").toFile());
  }

  private Outcome run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var process = process(command).redirectOutput(folder.resolve("out").toFile());
    process.environment().putAll(environment);
    Process running = process.start();
    assertTrue(running.waitFor(60, TimeUnit.SECONDS), "does not end: " + command);
    return new Outcome(
        running.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private static List<String> shell(List<String> command, String pipe) {
    String quoted = command.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
    return List.of("sh", "-c", quoted + pipe);
  }

  @Test
  void data_goes_to_stdout_and_nothing_else_is_said() throws Exception {
    var outcome = run(Map.of(), xmover("detect", "--output", "json", "--connect", "sim:drill"));
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("", outcome.err());
    assertEquals(12, new ObjectMapper().readTree(outcome.out()).path("tables").size());
  }

  @Test
  void a_reader_that_has_enough_is_no_error() throws Exception {
    var command = xmover("problematic-translogs", "--execute", "--connect", "sim:drill");
    var outcome = run(Map.of(), shell(command, " | head -n 1"));
    assertEquals("-- 8 to reset on cluster drill\n", outcome.out());
    assertEquals("", outcome.err());
  }

  @Test
  void no_folder_for_temporary_files_is_needed() throws Exception {
    Path none = Files.createFile(folder.resolve("a file")).resolve("no folder");
    var command = new ArrayList<>(xmover("detect", "--connect", "sim:drill"));
    command.add(1, "-Djava.io.tmpdir=" + none);
    var outcome = run(Map.of(), command);
    assertEquals(0, outcome.exitCode(), outcome.err());
  }

  @Test
  void a_simulated_cluster_says_where_it_listens_and_stops_by_a_signal() throws Exception {
    var command = xmover("simulate", "quiet", "--pg-port", "0", "--http-port", "0");
    Process simulation = process(command).start();
    try (BufferedReader out = simulation.inputReader()) {
      assertEquals("Simulated cluster 'quiet' is up; stop it with Ctrl-C.", out.readLine());
      for (String url : List.of(out.readLine().strip(), out.readLine().strip())) {
        var outcome = Operator.types("detect", "--connect", url);
        assertEquals(0, outcome.exitCode(), outcome.err());
      }
      simulation.destroy();
      assertTrue(simulation.waitFor(10, TimeUnit.SECONDS));
      assertEquals(143, simulation.exitValue());
    } finally {
      simulation.destroyForcibly();
    }
  }

  @Test
  void colours_are_for_terminals_and_not_where_they_are_unwanted() throws Exception {
    var command = xmover("detect", "--connect", drill.pg());
    assertFalse(run(Map.of(), command).out().contains(ESCAPE));
    assertTrue(onTerminal(Map.of(), command).out().contains(ESCAPE));
    assertFalse(onTerminal(Map.of("NO_COLOR", "1"), command).out().contains(ESCAPE));
  }

  @Test
  void tables_fit_the_terminal() throws Exception {
    var command = xmover("detect", "--connect", drill.pg());
    Map<String, String> narrow = Map.of("NO_COLOR", "1", "COLUMNS", "80");
    var lines = onTerminal(narrow, command).out().lines().toList();
    int shards = lines.indexOf(lines.stream().filter(l -> l.contains("| Shard |")).findAny().get());
    lines.subList(shards, shards + 20).forEach(line -> assertTrue(line.length() <= 80, line));
  }

  /** The command with a terminal for its input and output. */
  private Outcome onTerminal(Map<String, String> environment, List<String> command)
      throws Exception {
    var probe = List.of("script", "-qec", "true", "/dev/null");
    boolean installed = run(Map.of(), List.of("sh", "-c", "command -v script")).exitCode() == 0;
    assumeTrue(installed && run(Map.of(), probe).exitCode() == 0, "no script(1) of util-linux");
    String typed = "stty cols 80; " + shell(command, "").get(2);
    Map<String, String> around = new HashMap<>(environment);
    around.putIfAbsent("TERM", "xterm");
    var outcome = run(around, List.of("script", "-qec", typed, "/dev/null"));
    assertEquals(0, outcome.exitCode(), outcome.out());
    return outcome;
  }
}
