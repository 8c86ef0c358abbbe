package xmover.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.log.EventLine;
import xmover.log.LastEvents;
import xmover.reset.GateVerdict;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.TestResults;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.LeaseReading;

class RunProgressTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Takes the steps of a table, a second each. */
  private static FollowedRun after(String steps) {
    var run = FollowedRun.of("doc.t", "doc.other");
    for (String step : steps.split(", ?", -1)) {
      run.time.advance(SECOND);
      if (!step.isEmpty()) {
        run.step("doc.t", step);
      }
    }
    return run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                        | QUEUED      | DETECTED              | no
          begin                                     | RESETTING   | SETTING_REPLICAS_ZERO | 0
          begin, zero                               | RESETTING   | MONITORING_LEASES     | 1
          begin, zero, look 8                       | RESETTING   | MONITORING_LEASES     | 2
          begin, zero, cleared                      | RESETTING   | RESTORING_REPLICAS    | 2
          begin, zero, cleared, restored            | RECOVERING  | COMPLETED             | 3
          begin, zero, cleared, restored, cured     | COMPLETED   | COMPLETED             | 1200
          begin, zero, cleared, restored, not_cured | NOT_CURED   | COMPLETED             | 1200
          begin, zero, cleared, lost                | RECOVERING  | FAILED                | 3
          begin, zero, cleared, restored, timed_out | FAILED      | FAILED                | 1200
          refused                                   | NOT_STARTED | DETECTED              | no
          not_started                               | NOT_STARTED | DETECTED              | no
          """)
  void a_table_stands_where_its_last_event_put_it(
      String steps, Stage stage, String state, String secondsAtZero) {
    var run = after(steps);
    TableProgress table = run.table("doc.t");
    assertEquals(stage, table.stage());
    assertEquals(state, table.state().name());
    assertEquals(
        secondsAtZero,
        table.atZero(run.time.now()).map(Duration::toSeconds).map(String::valueOf).orElse("no"));
    assertEquals(Stage.QUEUED, run.table("doc.other").stage());
  }

  @Test
  void the_time_at_zero_goes_on_until_the_restore_was_seen() {
    var run = after("begin, zero, cleared");
    run.time.advance(Duration.ofSeconds(50));
    assertEquals(52, run.table("doc.t").atZero(run.time.now()).orElseThrow().toSeconds());
    run.step("doc.t", "restored");
    run.time.advance(Duration.ofSeconds(50));
    assertEquals(52, run.table("doc.t").atZero(run.time.now()).orElseThrow().toSeconds());
    assertFalse(run.table("doc.t").isAtZero());
  }

  @Test
  void a_table_whose_restore_failed_stays_at_zero() {
    var run = after("begin, zero, cleared, lost");
    run.time.advance(Duration.ofSeconds(50));
    assertTrue(run.table("doc.t").isAtZero());
    assertEquals(53, run.table("doc.t").atZero(run.time.now()).orElseThrow().toSeconds());
    run.step("doc.t", "critical");
    RunSnapshot seen = run.progress.snapshot();
    assertEquals(1, seen.counts().at(Stage.CRITICAL));
    assertEquals(1, seen.counts().atZero());
    assertEquals("the restore of doc.t failed", seen.stopping().orElseThrow());
  }

  @Test
  void its_limit_is_that_of_the_policy_until_its_own_deadline_is_known() {
    var run = after("begin");
    Duration expected = FollowedRun.POLICY.longestWait();
    assertEquals(expected, run.table("doc.t").limit(FollowedRun.POLICY));
    run.time.advance(Duration.ofSeconds(30));
    run.step("doc.t", "zero");
    assertEquals(Duration.ofMinutes(10), run.table("doc.t").limit(FollowedRun.POLICY));
  }

  @Test
  void a_wait_tells_which_attempt_it_is_and_ends_with_the_next_look() {
    var run = after("begin, zero");
    run.progress.on(
        new RunEvent.LeasesAwaited(
            run.job("doc.t"), 2, 9, Duration.ofSeconds(15), "the lease sync tick"));
    LeaseWait wait = run.table("doc.t").waiting().orElseThrow();
    assertEquals(new LeaseWait(2, 9, run.time.now().plusSeconds(15), "the lease sync tick"), wait);
    run.step("doc.t", "look 6");
    assertEquals(Optional.empty(), run.table("doc.t").waiting());
  }

  @ParameterizedTest
  @CsvSource({
    "'begin, zero, look 8', 0",
    "'begin, zero, look 8, look 6', 0.5",
    "'begin, zero, look 8, look 6, cleared', 1",
    "'begin, zero, cleared', 1"
  })
  void leases_go_from_the_most_there_were_to_one_a_primary(String steps, double cleared) {
    assertEquals(cleared, after(steps).table("doc.t").leases().orElseThrow().cleared());
  }

  @Test
  void gates_remedy_and_recovery_are_told() {
    var run = FollowedRun.of("doc.t");
    Finding finding = run.table("doc.t").finding();
    var shut = GateVerdict.shut("disk", "node a is at 95 %", "free some");
    run.progress.on(
        new RunEvent.GatesAsked(
            finding, List.of(GateVerdict.open("health", "GREEN"), shut.ignored())));
    run.progress.on(new RunEvent.RemedyBegun(finding, Remedy.FLUSH));
    run.progress.on(new RunEvent.Recovering(finding, new RecoveryReading(8, 6, 41.5)));
    TableProgress table = run.table("doc.t");
    assertEquals(Stage.STARTING, table.stage());
    assertEquals(shut.ignored(), table.gates().get(1));
    assertEquals(Remedy.FLUSH, table.treating().orElseThrow());
    assertEquals(41.5, table.recovery().orElseThrow().percent());
  }

  @Test
  void a_refused_table_keeps_what_each_gate_said() {
    var run = FollowedRun.of("doc.t");
    run.step("doc.t", "refused");
    assertEquals("disk", run.table("doc.t").gates().get(0).gate());
  }

  @Test
  void the_translog_afterwards_is_that_of_the_last_look() {
    var run = FollowedRun.of("doc.t");
    assertEquals(1_234_567_890_123L, run.table("doc.t").translogBefore().value());
    run.step("doc.t", "cured");
    assertEquals(new Bytes(55), run.table("doc.t").translogAfter().orElseThrow());
  }

  @Test
  void the_rest_is_estimated_from_what_is_done_and_pauses_do_not_count() {
    var run = FollowedRun.of("doc.a", "doc.b", "doc.c");
    assertEquals(Optional.empty(), run.progress.snapshot().remaining());
    run.time.advance(Duration.ofSeconds(10));
    run.step("doc.a", "cured");
    assertEquals(Duration.ofSeconds(20), run.progress.snapshot().remaining().orElseThrow());
    run.progress.on(new RunEvent.Paused());
    run.time.advance(Duration.ofHours(1));
    assertEquals(Optional.empty(), run.progress.snapshot().remaining());
    run.progress.on(new RunEvent.Proceeding());
    assertEquals(Duration.ofSeconds(20), run.progress.snapshot().remaining().orElseThrow());
  }

  @Test
  void a_snapshot_does_not_change_and_the_next_one_shares_what_did_not() {
    var run = FollowedRun.of("doc.a", "doc.b");
    RunSnapshot before = run.progress.snapshot();
    run.step("doc.a", "begin");
    RunSnapshot after = run.progress.snapshot();
    assertEquals(Stage.QUEUED, before.tables().get(0).stage());
    assertEquals(Stage.RESETTING, after.tables().get(0).stage());
    assertSame(before.tables().get(1), after.tables().get(1));
    assertTrue(after.version() > before.version());
  }

  @Test
  void ten_thousand_tables_keep_their_order_and_the_last_events() {
    String[] names = IntStream.range(0, 10_000).mapToObj(i -> "doc.t" + i).toArray(String[]::new);
    var run = FollowedRun.of(names);
    for (String name : names) {
      run.step(name, "begin");
      run.step(name, "zero");
      run.step(name, "cleared");
      run.step(name, "restored");
      run.step(name, "cured");
    }
    RunSnapshot seen = run.progress.snapshot();
    assertEquals(10_000, seen.counts().at(Stage.COMPLETED));
    assertEquals("doc.t9999", seen.tables().get(9_999).table().toString());
    assertEquals(LastEvents.MOST, seen.events().size());
    assertEquals(50_001, seen.events().get(LastEvents.MOST - 1).number());
  }

  @Test
  void trouble_is_told_with_its_reason() {
    var run = new FollowedRun();
    assertEquals("not connected to a cluster yet", run.progress.snapshot().trouble().orElseThrow());
    run.progress.on(new RunEvent.RunStarted(FollowedRun.RUN, FollowedRun.CLUSTER));
    assertEquals(Optional.empty(), run.progress.snapshot().trouble());
    run.progress.on(new RunEvent.Breaker("open"));
    assertTrue(run.progress.snapshot().trouble().orElseThrow().contains("breaker open"));
    run.progress.on(new RunEvent.Breaker("closed"));
    run.progress.on(new RunEvent.Chosen(List.of(FollowedRun.finding("doc.t"))));
    run.step("doc.t", "critical");
    assertEquals(
        "the replicas of 1 table can't be restored",
        run.progress.snapshot().trouble().orElseThrow());
  }

  @Test
  void a_reset_that_another_process_began_is_seen_with_its_first_look() {
    var run = FollowedRun.of("doc.t");
    var other = after("begin, zero");
    run.progress.on(
        new RunEvent.LeasesLookedAt(other.job("doc.t"), new LeaseReading(4, List.of())));
    assertEquals(Stage.RESETTING, run.table("doc.t").stage());
    assertTrue(run.table("doc.t").isAtZero());
  }

  @Test
  void the_report_brings_what_the_last_look_showed() {
    var run = FollowedRun.of("doc.t");
    run.step("doc.t", "completed");
    var report =
        new RunReport(run.time.now(), run.time.now(), List.of(TestResults.of("doc.t", "cured")), 0);
    run.progress.on(new RunEvent.RunEnded(report, 0));
    RunSnapshot seen = run.progress.snapshot();
    assertEquals(report, seen.report().orElseThrow());
    assertEquals(new Bytes(55), seen.tables().get(0).translogAfter().orElseThrow());
  }

  @Test
  void a_text_without_end_is_cut() {
    var run = FollowedRun.of("doc.t");
    run.progress.on(new RunEvent.LeaseSyncRefused(run.table("doc.t").table(), "x".repeat(100_000)));
    List<EventLine> events = run.progress.snapshot().events();
    assertEquals(EventLine.LONGEST + 1, events.get(events.size() - 1).text().length());
  }
}
