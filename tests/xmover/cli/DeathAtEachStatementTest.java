package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.model.SqlError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run dies at each statement of a reset, over the real wire: the statement was executed and its
 * answer never came. What is left is the journal. {@link KilledProcessTest} does it to processes.
 */
class DeathAtEachStatementTest {
  /** What a reset sends about one table with lease sync on request; each is a moment to die. */
  private static final int STATEMENTS = 8;

  /**
   * What is read of the table before its reset begins: its settings and its copies for the gates,
   * and its copies once more, whether it still needs it.
   */
  private static final int GATES = 3;

  /** The same with the handbook's wait: no sync, and looks until the leases are gone. */
  private static final int HANDBOOK_STATEMENTS = 7;

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

  /** Which table, by words found in each of its statements; where the journal is; how it waits. */
  private record Death(
      String table, String words, String journal, String leaseSync, int statement) {}

  static Stream<Death> deaths() {
    return Stream.concat(
        stops(),
        Stream.concat(
            moments("curvo.*", "08732dpg6orj8d9m60o30c1g00|NULL\\)", "file", "auto", STATEMENTS),
            moments("Mixed.*", "CamelCase[\"']", "file", "off", HANDBOOK_STATEMENTS)));
  }

  /** Each statement once with the journal in a file, once with it in the cluster. */
  static Stream<Death> stops() {
    return Stream.concat(
        moments("doc.events", "events[\"']", "file", "auto", STATEMENTS),
        moments("doc.sessions", "sessions[\"']", "cluster", "auto", STATEMENTS));
  }

  private static Stream<Death> moments(
      String table, String words, String journal, String leaseSync, int statements) {
    return IntStream.rangeClosed(GATES + 1, GATES + statements)
        .mapToObj(statement -> new Death(table, words, journal, leaseSync, statement));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void after_a_death_resume_brings_every_setting_back(Death death) throws SqlError {
    drill.dieAt(death.words(), death.statement(), autoexec(death));
    int code =
        drill.run(
            "resume",
            "--takeover",
            "--no-wait-recovery",
            "--journal",
            journal(death),
            "--backoff",
            "fixed:300ms");
    assertEquals(original, drill.settings(), () -> "killed at " + death + "\n" + drill.said());
    assertEquals(0, code, drill::said);
  }

  @ParameterizedTest
  @MethodSource("stops")
  void at_sigterm_every_setting_is_put_back_without_a_resume(Death death) throws SqlError {
    RunningCommand run = drill.hangAt(death.words(), death.statement(), autoexec(death));
    run.send("TERM");
    drill.faults.set();
    drill.faults.release();
    assertEquals(143, run.exitCode(), drill::said);
    assertEquals(original, drill.settings(), () -> "stopped at " + death + "\n" + drill.said());
  }

  private static String[] autoexec(Death death) {
    return new String[] {
      "problematic-translogs",
      "--autoexec",
      "--table",
      death.table(),
      "--lease-sync",
      death.leaseSync(),
      "--backoff",
      "fixed:300ms",
      "--journal",
      journal(death)
    };
  }

  private static String journal(Death death) {
    return death.journal().equals("cluster") ? "cluster" : "j.jsonl";
  }
}
