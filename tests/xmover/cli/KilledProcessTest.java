package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.suite.NeedsProcess;

/**
 * What only the operating system proves: kill -9 leaves a journal on the disk and no lock, and its
 * signals reach the run. {@link DeathAtEachStatementTest} does the same at every moment.
 */
@NeedsProcess
class KilledProcessTest {
  /** While the ALTER to 0 is under way. */
  private static final Moment AT_ZERO = new Moment("= '0'", 1, "auto");

  private static final Moment IN_THE_WAIT = new Moment("= '' AND \"primary\"", 1, "off");
  private static final Moment IN_THE_RESTORE = new Moment("= '0-1'", 1, "auto");

  @TempDir private Path folder;
  private WiredDrill drill;
  private List<List<Object>> original;

  /** The nth statement of a run with these words. */
  private record Moment(String words, int statement, String leaseSync) {}

  private record Kill(Moment moment, String journal) {}

  @BeforeEach
  void start() throws SqlError {
    drill = new WiredDrill(folder);
    original = drill.settings();
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  /** Each journal at two moments that matter to it; in memory all are tried with both. */
  static Stream<Kill> kills() {
    return Stream.of(
        new Kill(AT_ZERO, "j.jsonl"),
        new Kill(AT_ZERO, "cluster"),
        new Kill(IN_THE_WAIT, "cluster"),
        new Kill(IN_THE_RESTORE, "j.jsonl"));
  }

  @ParameterizedTest
  @MethodSource("kills")
  void after_kill_9_resume_brings_every_setting_back(Kill kill) throws Exception {
    Process run = hangAt(kill.moment(), kill.journal());
    run.destroyForcibly();
    assertTrue(run.waitFor(10, TimeUnit.SECONDS));
    drill.faults.set();
    assertEquals(0, drill.run("resume", "--takeover", "--journal", kill.journal()), drill::said);
    assertEquals(original, drill.settings(), drill::said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP", "USR1", "USR2", "ABRT"})
  void a_signal_that_would_end_java_puts_every_setting_back(String signal) throws Exception {
    Process run = hangAt(IN_THE_WAIT, "j.jsonl");
    new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid())).start().waitFor();
    drill.faults.set();
    drill.faults.release();
    assertTrue(run.waitFor(60, TimeUnit.SECONDS), "does not end after SIG" + signal);
    assertEquals(original, drill.settings(), drill::said);
    assertEquals(143, run.exitValue(), drill::said);
  }

  private Process hangAt(Moment moment, String journal) throws IOException {
    return drill.processHangsAt(
        moment.words(),
        moment.statement(),
        "problematic-translogs",
        "--autoexec",
        "--table",
        "doc.events",
        "--lease-sync",
        moment.leaseSync(),
        "--journal",
        journal);
  }
}
