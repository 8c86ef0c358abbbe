package xmover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import xmover.cli.Operator;
import xmover.cli.Operator.Outcome;
import xmover.cli.WiredCluster;
import xmover.environment.TestEnvironment;

/** What is piped into a JShell with a toolkit; a terminal is for people to try. */
@ResourceLock("the one shell of a process")
class ShellTest {
  private static final String SETTING =
      "SELECT number_of_replicas FROM information_schema.tables WHERE table_name = 'sick'";

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

  private Outcome pipes(String... lines) {
    var around =
        new TestEnvironment(folder).with(crate.time).typing(String.join("\n", lines) + "\n");
    return Operator.types(around, "shell", "--connect", crate.pg());
  }

  private String replicas() throws Exception {
    return String.valueOf(crate.rows(SETTING).get(0).get(0));
  }

  @Test
  void what_is_found_can_be_kept_filtered_and_shown_as_a_table() {
    var outcome =
        pipes(
            "var found = detect();",
            "show(found.only(f -> !f.table().schema().equals(\"doc\")))",
            "System.out.println(\"that is \" + found);");
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.out().contains("| reset"), outcome.out());
    assertTrue(outcome.out().contains("No replica holds more than"), outcome.out());
    assertEquals(List.of(), crate.log.matching("^ALTER"));
  }

  @Test
  void said_yes_it_heals_without_a_word() throws Exception {
    var outcome = pipes("plan()", "heal(yes)", "status()", "history()");
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.out().contains("1 to heal without a reset"), outcome.out());
    assertTrue(outcome.out().contains("healed 1 of 1 in "), outcome.out());
    assertTrue(outcome.out().contains("No unfinished reset"), outcome.out());
    assertTrue(outcome.out().contains("Ended in the last 30 days: 1\n"), outcome.out());
    assertEquals("1", replicas());
    assertEquals(2, crate.log.matching("REROUTE MOVE").size());
  }

  @Test
  void without_yes_nothing_is_changed_and_the_code_tells_it() {
    var outcome = pipes("heal(\"doc.sick\")", "reset(\"doc.sick\")");
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.err().contains("in JShell with yes as the first word"), outcome.err());
    assertEquals(List.of(), crate.log.matching("^ALTER"));
  }

  @Test
  void how_it_goes_about_it_is_what_was_said_before() {
    var outcome =
        pipes(
            "how = how.gate(\"daytime\", table -> false, \"nobody is here\")",
            "reset(yes, \"doc.sick\")");
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.err().contains("daytime: nobody is here"), outcome.err());
    assertEquals(List.of(), crate.log.matching("^ALTER"));
  }

  @Test
  void a_script_may_say_its_code_itself() {
    assertEquals(3, pipes("/exit 3").exitCode());
  }

  @Test
  void a_signal_to_the_process_puts_back_and_ends_all_of_it() throws Exception {
    var around = new TestEnvironment(folder).with(crate.time);
    crate.faults.set(Fault.on("= '' AND \"primary\"", Fault.Disruption.HANG).nthTime(1));
    var unused =
        crate
            .log
            .nth("= '' AND \"primary\"", 1)
            .thenRun(
                () -> {
                  around.send("TERM");
                  crate.faults.set();
                  crate.faults.release();
                });
    around.typing("how = how.leaseSync(false)\nreset(yes, \"doc.sick\")\n");
    Operator.types(around, "shell", "--connect", crate.pg());
    assertEquals(143, around.ended().get(1, TimeUnit.MINUTES), around::err);
    assertEquals("1", replicas());
  }

  @Test
  void ctrl_c_has_a_run_put_back_what_is_at_zero() throws Exception {
    crate.faults.set(Fault.on("= '' AND \"primary\"", Fault.Disruption.HANG).nthTime(1));
    var stopped =
        crate
            .log
            .nth("= '' AND \"primary\"", 1)
            .thenRun(
                () -> {
                  assertTrue(Shell.opened().stops());
                  crate.faults.set();
                  crate.faults.release();
                });
    var outcome = pipes("how = how.leaseSync(false)", "reset(yes, \"doc.sick\")");
    stopped.join();
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.err().contains("stopped by Ctrl-C"), outcome.err());
    assertEquals("1", replicas());
  }
}
