package xmover.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.SteppedTimers;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.TestJobs;
import xmover.reset.TestResults;
import xmover.reset.machine.ResetJob;

/** What wakes an operator, and what tells that it is over. */
class AlertsTest {
  private static final Duration LIMIT = Duration.ofMinutes(12);

  private final SteppedTimers timers = new SteppedTimers();
  private final List<Alert> posted = new ArrayList<>();
  private final Alerts alerts =
      new Alerts("run-1", "db1:5432", timers, posted::add, Future::succeededFuture);

  private void pass(ResetJob... states) {
    for (int i = 1; i < states.length; i++) {
      alerts.on(new RunEvent.Transition(states[i - 1], states[i]));
    }
  }

  private List<String> told() {
    return posted.stream()
        .map(
            alert ->
                alert.labels().get("alertname")
                    + (alert.endsAt().isAfter(timers.now()) ? " raised" : " resolved"))
        .toList();
  }

  private void runEnded(int exitCode, String... results) {
    var all = new ArrayList<xmover.reset.TableResult>();
    for (String result : results) {
      all.add(TestResults.of("doc.t", result));
    }
    alerts.on(new RunEvent.RunEnded(new RunReport(Instant.EPOCH, Instant.EPOCH, all, 0), exitCode));
  }

  @Test
  void a_table_that_is_back_in_time_wakes_nobody() {
    pass(TestJobs.detected(timers), TestJobs.atZero(timers), TestJobs.restored(timers));
    timers.advance(Duration.ofHours(1));
    assertEquals(List.of(), told());
  }

  @Test
  void a_table_at_zero_for_longer_than_its_limit_is_told_and_resolved_when_it_is_back() {
    pass(TestJobs.detected(timers), TestJobs.atZero(timers));
    timers.advance(LIMIT.plusSeconds(9));
    assertEquals(List.of(), told());
    timers.advance(Duration.ofSeconds(2));
    assertEquals(List.of("XMoverTableAtZeroReplicas raised"), told());
    pass(TestJobs.atZero(timers), TestJobs.restored(timers));
    assertEquals(
        List.of("XMoverTableAtZeroReplicas raised", "XMoverTableAtZeroReplicas resolved"), told());
  }

  @Test
  void a_restore_that_failed_is_told_at_once_with_the_statement_to_run() {
    pass(TestJobs.detected(timers), TestJobs.atZero(timers), TestJobs.unrestored(timers));
    assertEquals(List.of("XMoverRestoreFailed raised"), told());
    assertTrue(posted.get(0).annotations().get("description").contains("ALTER TABLE"));
    assertTrue(posted.get(0).endsAt().isAfter(timers.now().plus(Duration.ofHours(25))));
  }

  @Test
  void what_an_earlier_run_left_is_resolved_at_the_end_of_the_run_that_put_it_back() {
    pass(TestJobs.atZero(timers), TestJobs.restored(timers));
    assertEquals(List.of(), told(), "another table may follow that can't be restored");
    runEnded(3, "completed");
    assertEquals(
        List.of(
            "XMoverRestoreFailed resolved",
            "XMoverTableAtZeroReplicas resolved",
            "XMoverRunFailed raised"),
        told());
  }

  @Test
  void a_restore_of_one_table_does_not_resolve_what_is_told_of_those_it_leaves() {
    alerts.on(new RunEvent.OthersLeft(List.of()));
    pass(TestJobs.atZero(timers), TestJobs.restored(timers));
    runEnded(0, "completed");
    assertEquals(List.of("XMoverRunFailed resolved"), told());
  }

  @Test
  void a_run_that_left_nothing_behind_says_nothing_of_what_another_journal_may_know() {
    pass(TestJobs.detected(timers), TestJobs.atZero(timers), TestJobs.restored(timers));
    runEnded(0, "completed");
    assertEquals(List.of("XMoverRunFailed resolved"), told());
  }

  @Test
  void exit_code_4_is_told_as_a_restore_that_failed_and_not_again_as_a_failed_run() {
    alerts.on(new RunEvent.RunFailed(new IllegalStateException("it can't be looked at"), 4));
    assertEquals(List.of("XMoverRestoreFailed raised"), told());
    pass(TestJobs.detected(timers), TestJobs.atZero(timers), TestJobs.unrestored(timers));
    runEnded(4, "critical");
    assertEquals(List.of("XMoverRestoreFailed raised", "XMoverRestoreFailed raised"), told());
    assertEquals("doc.t", posted.get(1).annotations().get("tables"));
  }

  @Test
  void a_restore_that_the_last_look_found_done_is_resolved() {
    pass(TestJobs.detected(timers), TestJobs.atZero(timers), TestJobs.unrestored(timers));
    runEnded(0, "completed");
    assertEquals(
        List.of(
            "XMoverRestoreFailed raised",
            "XMoverRestoreFailed resolved",
            "XMoverRunFailed resolved"),
        told());
  }

  @ParameterizedTest
  @CsvSource({
    "0, XMoverRunFailed resolved",
    "1, XMoverRunFailed raised",
    "2, XMoverRunFailed raised",
    "3, XMoverRunFailed raised"
  })
  void a_run_that_failed_is_told_and_one_that_did_not_resolves_it(int exitCode, String expected) {
    runEnded(exitCode, "completed");
    assertEquals(List.of(expected), told());
  }

  @ParameterizedTest
  @ValueSource(ints = {130, 143})
  void a_run_that_a_signal_ended_in_order_wakes_nobody(int exitCode) {
    runEnded(exitCode, "completed");
    assertEquals(List.of(), told());
  }

  @Test
  void the_run_is_in_the_annotations_so_that_another_run_can_resolve_the_alert() {
    runEnded(1, "failed");
    Alert alert = posted.get(0);
    assertEquals("run-1", alert.annotations().get("run_id"));
    assertFalse(alert.labels().containsValue("run-1"), alert.labels().toString());
    assertEquals("db1:5432", alert.labels().get("cluster"));
  }
}
