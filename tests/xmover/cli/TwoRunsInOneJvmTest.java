package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinylog.Logger;
import picocli.CommandLine.Command;
import xmover.environment.Environment;
import xmover.environment.Said;
import xmover.environment.TestEnvironment;
import xmover.options.Action;
import xmover.options.Cli;
import xmover.run.ExitCode;

/** Two runs against two clusters at the same moment: each has its own log, journal and signals. */
class TwoRunsInOneJvmTest {
  private static final String TABLE =
      """
      {"name": "doc.%s", "shards": 2, "replicas": "1", "stuck_translog": "9gb"}
      """;

  @TempDir private Path one;
  @TempDir private Path two;
  private final Said ones = new Said();
  private final Said twos = new Said();
  private WiredCluster first;
  private WiredCluster second;

  @BeforeEach
  void start() throws Exception {
    first = new WiredCluster(one, "\"cluster_id\": \"cluster-one\",", TABLE.formatted("mine"));
    second = new WiredCluster(two, "\"cluster_id\": \"cluster-two\",", TABLE.formatted("yours"));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private static RunningCommand run(Path home, Said said, WiredCluster crate, String... options) {
    var words =
        new ArrayList<>(List.of("problematic-translogs", "--connect", crate.pg(), "--autoexec"));
    words.addAll(List.of(options));
    return RunningCommand.start(
        TestEnvironment.saying(home, said).with(crate.time), words.toArray(String[]::new));
  }

  @Test
  void each_logs_what_it_does_in_the_form_and_from_the_level_it_was_asked_for() {
    hang(first);
    RunningCommand json = run(one, ones, first, "--log-format", "json", "-v");
    first.log.nth("= '0'", 1).join();
    RunningCommand quiet = run(two, twos, second, "--quiet");
    assertEquals(0, quiet.exitCode(), twos::toString);
    goOn(first);
    assertEquals(0, json.exitCode(), ones::toString);

    LoggedEvents logged = LoggedEvents.of(ones.toString());
    assertEquals(Set.of("doc.mine"), logged.byTable("result", "result").keySet());
    assertFalse(ones.toString().contains("yours"), ones::toString);
    assertFalse(twos.toString().contains("[INFO]"), twos::toString);
    assertFalse(twos.toString().contains("mine"), twos::toString);
    assertTrue(twos.toString().contains("doc.yours"), twos::toString);
    assertTrue(Files.exists(one.resolve(".local/state/xmover")), ones::toString);
    assertTrue(Files.exists(two.resolve(".local/state/xmover")), twos::toString);
  }

  @Test
  void a_signal_ends_the_one_it_was_sent_to() {
    hang(first);
    hang(second);
    RunningCommand mine = run(one, ones, first);
    RunningCommand yours = run(two, twos, second);
    first.log.nth("= '0'", 1).join();
    second.log.nth("= '0'", 1).join();
    mine.send("TERM");
    goOn(first);
    goOn(second);
    assertEquals(143, mine.exitCode(), ones::toString);
    assertEquals(0, yours.exitCode(), twos::toString);
  }

  @Test
  void what_a_library_logs_in_a_thread_of_a_run_is_in_its_log() {
    var around = TestEnvironment.saying(one, ones);
    Cli.run(around.environment(), new LibraryThatLogs());
    assertTrue(ones.toString().endsWith("[WARN] a library has something to say\n"), ones::toString);
  }

  @Command
  private static final class LibraryThatLogs implements Action {
    @Override
    public ExitCode run(Environment environment) throws InterruptedException {
      var library = new Thread(() -> Logger.warn("a library has something to say"));
      library.start();
      library.join();
      return ExitCode.DONE;
    }
  }

  private static void hang(WiredCluster crate) {
    crate.faults.set(Fault.on("= '0'", Fault.Disruption.HANG).nthTime(1));
  }

  private static void goOn(WiredCluster crate) {
    crate.faults.set();
    crate.faults.release();
  }
}
