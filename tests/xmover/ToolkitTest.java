package xmover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.WiredCluster;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.InvalidSettings;
import xmover.detect.Analysis;
import xmover.environment.TestEnvironment;
import xmover.environment.TypedAnswer;
import xmover.remedy.RemedyPolicy;
import xmover.reset.RunEvent;
import xmover.run.ExitCode;
import xmover.run.Report;
import xmover.run.Run;
import xmover.run.RunOptions;

/** What a script does with a toolkit, and what it can't leave out. */
class ToolkitTest {
  private static final String TABLE =
      """
      {"name": "doc.%s", "shards": 2, "replicas": "1", "size": "3gb", "sick": {"translog": "2gb"}}
      """;

  private static final RunOptions HOW = RunOptions.DEFAULT;

  @TempDir private Path one;
  @TempDir private Path two;
  @TempDir private Path three;
  private CompletableFuture<ExitCode> dying = CompletableFuture.completedFuture(ExitCode.DONE);
  private WiredCluster first;
  private WiredCluster second;
  private TestEnvironment here;
  private TestEnvironment there;

  @BeforeEach
  void start() throws Exception {
    first = new WiredCluster(one, "\"cluster_id\": \"cluster-one\",", TABLE.formatted("mine"));
    second = new WiredCluster(two, "\"cluster_id\": \"cluster-two\",", TABLE.formatted("yours"));
    here = new TestEnvironment(one).with(first.time);
    there = new TestEnvironment(two).with(second.time);
  }

  @AfterEach
  void stop() throws Exception {
    first.faults.set();
    first.faults.release();
    dying.get(1, TimeUnit.MINUTES);
    first.close();
    second.close();
  }

  private static Toolkit open(WiredCluster crate, TestEnvironment around) {
    return Toolkit.open(ConnectionOptions.of(crate.pg()), around.environment());
  }

  private static ExitCode healsAll(WiredCluster crate, TestEnvironment around, RunOptions how) {
    try (Toolkit xmover = open(crate, around);
        Run run = xmover.begin(how)) {
      run.heal(xmover.detect());
      xmover.print(run.report());
      return run.end();
    }
  }

  @Test
  void two_runs_against_two_clusters_at_the_same_moment_do_not_mix() throws Exception {
    first.faults.set(Fault.on("= '0'", Fault.Disruption.HANG).nthTime(1));
    var mine = CompletableFuture.supplyAsync(() -> healsAll(first, here, HOW));
    first.log.nth("= '0'", 1).get(1, TimeUnit.MINUTES);
    assertEquals(ExitCode.DONE, healsAll(second, there, HOW), there::err);
    first.faults.set();
    first.faults.release();
    assertEquals(ExitCode.DONE, mine.get(1, TimeUnit.MINUTES), here::err);
    assertTrue(here.err().contains("doc.mine") && here.out().contains("doc.mine"), here.err());
    assertFalse((here.err() + here.out()).contains("yours"), here.err());
    assertTrue(there.err().contains("doc.yours") && there.out().contains("doc.yours"));
    assertFalse((there.err() + there.out()).contains("mine"), there.err());
  }

  @Test
  void a_watch_tells_when_it_looked_and_empties_a_terminal_and_no_pipe() {
    for (boolean terminal : new boolean[] {true, false}) {
      var around = new TestEnvironment(one).with(first.time);
      if (terminal) {
        around.with(new TypedAnswer(""));
      }
      try (Toolkit xmover = open(first, around)) {
        assertTrue(xmover.again(Duration.ofSeconds(5)));
        assertFalse(xmover.again(Duration.ZERO));
      }
      assertTrue(
          around
              .out()
              .matches(
                  "(?s)\\nLooked at \\d\\d:\\d\\d:\\d\\d, again in 5.0s. Ctrl-C ends it.\\n"
                      + (terminal ? "\u001b\\[H\u001b\\[2J" : "")),
          around::out);
    }
  }

  @Test
  void one_thread_may_hold_two_toolkits() {
    try (Toolkit ours = open(first, here);
        Toolkit theirs = open(second, there);
        Run run = ours.begin(HOW)) {
      assertEquals("yours", theirs.detect().tables().get(0).name());
      run.heal(ours.detect());
      assertEquals(ExitCode.DONE, run.end());
    }
    assertTrue(here.err().contains("doc.mine"), here.err());
    assertEquals("", there.err());
  }

  @Test
  void a_second_run_waits_for_the_end_of_the_first() {
    try (Toolkit xmover = open(first, here);
        Run run = xmover.begin(HOW)) {
      assertThrows(IllegalStateException.class, () -> xmover.begin(HOW));
      assertEquals(ExitCode.DONE, run.end());
      xmover.begin(HOW).close();
    }
  }

  @Test
  void a_gate_of_a_script_keeps_a_table_as_it_is_and_says_why() {
    RunOptions how =
        HOW.remedy(RemedyPolicy.AUTO).gate("daytime", table -> false, "nobody is here");
    assertEquals(ExitCode.ERROR, healsAll(first, here, how));
    assertTrue(here.err().contains("daytime: nobody is here"), here.err());
    assertEquals(List.of(), first.log.matching("^ALTER"));
  }

  @Test
  void a_gate_that_throws_lets_nothing_pass() {
    RunOptions how =
        HOW.gate(
            "broken",
            table -> {
              throw new IllegalStateException("oh");
            },
            "");
    assertEquals(ExitCode.ERROR, healsAll(first, here, how));
    assertEquals(List.of(), first.log.matching("^ALTER"));
  }

  @Test
  void a_listener_is_told_what_happens_with_its_table_and_costs_nothing_when_it_throws() {
    List<RunEvent> told = new CopyOnWriteArrayList<>();
    RunOptions how =
        HOW.listener(told::add)
            .listener(
                event -> {
                  throw new IllegalStateException("oh");
                });
    assertEquals(ExitCode.DONE, healsAll(first, here, how), here::err);
    var states =
        told.stream()
            .filter(RunEvent.Transition.class::isInstance)
            .map(event -> ((RunEvent.Transition) event).to().state().name())
            .toList();
    assertEquals(
        List.of("SETTING_REPLICAS_ZERO", "MONITORING_LEASES", "RESTORING_REPLICAS", "COMPLETED"),
        states);
    told.removeIf(RunEvent.QueryEnded.class::isInstance);
    assertTrue(told.get(0) instanceof RunEvent.RunStarted, told::toString);
    assertTrue(told.get(told.size() - 1) instanceof RunEvent.RunEnded, told::toString);
    told.stream()
        .filter(event -> !(event instanceof RunEvent.OfStatement))
        .flatMap(event -> event.table().stream())
        .forEach(table -> assertEquals("mine", table.name()));
  }

  @Test
  void a_plan_has_the_statements_and_changes_nothing() {
    try (Toolkit xmover = open(first, here)) {
      Report plan = xmover.plan(xmover.named(List.of("doc.mine"), true), HOW);
      xmover.print(plan);
      assertTrue(plan.plan().isPresent());
    }
    assertTrue(here.out().contains("SET (\"number_of_replicas\" = '0')"), here.out());
    assertEquals(List.of(), first.log.matching("^(ALTER|SET|INSERT)"));
  }

  @Test
  void a_dry_run_is_begun_and_ended_as_any_other() {
    assertEquals(ExitCode.DONE, healsAll(first, here, HOW.dry()), here::err);
    assertTrue(here.out().contains("Dry run: nothing was written."), here.out());
    assertEquals(List.of(), first.log.matching("^(ALTER|SET|INSERT)"));
  }

  @Test
  void what_was_left_is_gone_on_with_although_a_script_does_not_say_so() throws Exception {
    leaveAtZero();
    try (Toolkit xmover = open(first, here);
        Run run = xmover.begin(HOW)) {
      Analysis nothing = xmover.detect().only(finding -> false);
      run.heal(nothing);
      assertEquals(ExitCode.DONE, run.end(), here::err);
    }
    assertEquals("1", replicas());
  }

  @Test
  void a_script_that_breaks_leaves_the_lock_and_tells_what_is_open() throws Exception {
    leaveAtZero();
    try (Toolkit xmover = open(first, here)) {
      RuntimeException broken =
          assertThrows(
              IllegalStateException.class,
              () -> {
                try (Run run = xmover.begin(HOW)) {
                  run.pause();
                  throw new IllegalStateException("an edited line");
                }
              });
      RuntimeException told = xmover.after(broken);
      assertEquals(ExitCode.CRITICAL, ExitCode.of(told));
      assertTrue(String.valueOf(told.getMessage()).contains("doc.mine"), told::toString);
      try (Run next = xmover.begin(HOW)) {
        assertEquals(1, next.restore(List.of(), Optional.empty()).completed());
        assertEquals(ExitCode.DONE, next.end());
      }
    }
    assertEquals("1", replicas());
  }

  @Test
  void options_that_make_no_sense_are_refused_in_the_words_of_the_command_line() {
    assertThrows(InvalidSettings.class, () -> HOW.maxWait(Duration.ZERO));
    assertThrows(InvalidSettings.class, () -> HOW.concurrent(0));
    assertThrows(InvalidSettings.class, () -> HOW.ignoreGates(List.of("version")));
    assertEquals(
        "--gate-wait must not be below 0",
        assertThrows(InvalidSettings.class, () -> HOW.gateWait(Duration.ofSeconds(-1)))
            .getMessage());
  }

  @Test
  void an_option_that_is_set_changes_no_other_run() {
    RunOptions dry = HOW.dry();
    assertTrue(dry.isDry() && !HOW.isDry());
  }

  /** As a run leaves it whose process dies: what it held is in another home. */
  private void leaveAtZero() throws Exception {
    first.faults.set(Fault.on("= '' AND \"primary\"", Fault.Disruption.HANG).nthTime(1));
    TestEnvironment dead = here;
    dying = CompletableFuture.supplyAsync(() -> healsAll(first, dead, HOW.leaseSync(false)));
    first.log.nth("= '' AND \"primary\"", 1).get(1, TimeUnit.MINUTES);
    Path state = Path.of(".local", "state", "xmover");
    Files.createDirectories(three.resolve(state));
    try (Stream<Path> journals = Files.list(one.resolve(state))) {
      for (Path journal : journals.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
        Files.copy(journal, three.resolve(state).resolve(journal.getFileName()));
      }
    }
    here = new TestEnvironment(three).with(first.time);
    assertEquals("0", replicas());
  }

  private String replicas() throws Exception {
    return String.valueOf(
        first
            .rows(
                "SELECT number_of_replicas FROM information_schema.tables WHERE table_name ="
                    + " 'mine'")
            .get(0)
            .get(0));
  }
}
