package xmover.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.Xmover;
import xmover.cluster.Statement;
import xmover.live.FollowedRun;
import xmover.reset.Cure;
import xmover.reset.RunEvent;
import xmover.reset.TableResult;
import xmover.reset.TestJobs;
import xmover.reset.TestResults;
import xmover.reset.machine.ResetFailure;
import xmover.table.Bytes;

/** Every metric, held against a run that goes on step by step. */
class RunMetricsTest {
  private static final double GIGABYTES_20 = 20.0 * (1L << 30);
  private static final Statement READ = Statement.read("SELECT 1");
  private static final Statement WRITE = Statement.write("ALTER …");

  private final MeasuredRun measured = new MeasuredRun();

  private double value(String name, String... labels) {
    return measured.exposed().value(name, labels);
  }

  private boolean isKnown(String name) {
    return measured.exposed().of(name).isPresent();
  }

  private double processed(String result) {
    return value("xmover_tables_processed_total", "result", result);
  }

  @Test
  void what_qualifies_is_detected() {
    measured.begins("doc.t", "doc.u");
    assertEquals(2, value("xmover_tables_detected"));
  }

  @Test
  void a_run_that_reached_no_cluster_says_nothing_of_what_it_can_not_know() {
    measured.metrics.on(new RunEvent.RunFailed(new RuntimeException("no route"), 1));
    for (String unknown :
        List.of(
            "xmover_tables_detected",
            "xmover_tables_processed_total",
            "xmover_tables_at_zero_replicas",
            "xmover_exposed_bytes",
            "xmover_rollback_failures_total",
            "xmover_last_success_timestamp_seconds")) {
      assertTrue(!isKnown(unknown), unknown);
    }
    assertEquals(1, value("xmover_last_exit_code"));
  }

  @Test
  void counters_are_there_with_0_for_every_value_of_their_labels() {
    measured.begins();
    Exposition exposed = measured.exposed();
    for (String name : exposed.names("counter")) {
      List<Double> values =
          exposed.samples().stream()
              .filter(sample -> sample.name().equals(name))
              .map(Exposition.Sample::value)
              .toList();
      assertEquals(Set.of(0.0), Set.copyOf(values), name);
    }
    assertEquals(Set.of("answered", "failed"), labels("xmover_sql_statements_total", "result"));
    assertEquals(Set.of("read", "write"), labels("xmover_sql_statements_total", "kind"));
    assertEquals(
        Set.of(
            "detected",
            "setting_replicas_zero",
            "monitoring_leases",
            "restoring_replicas",
            "recovering"),
        labels("xmover_phase_duration_seconds_count", "phase"));
  }

  private Set<String> labels(String name, String label) {
    return measured.exposed().samples().stream()
        .filter(sample -> sample.name().equals(name))
        .map(sample -> sample.labels().get(label))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @CsvSource({
    "completed, completed",
    "cured, completed",
    "not_cured, not_cured",
    "timed_out, leases_timed_out",
    "failed, zeroing_failed",
    "not_touched, not_touched",
    "changed_by_others, changed_by_others",
    "refused, refused",
    "flushed, flushed",
    "rebuilt, rebuilt",
    "healed_already, healed_already",
    "not_started, not_started",
    "critical, critical"
  })
  void a_table_counts_by_what_became_of_it(String result, String label) {
    measured.begins("doc.t");
    measured.run.step("doc.t", result);
    assertEquals(1, processed(label));
    measured.ends(0, result);
    assertEquals(1, processed(label));
  }

  @Test
  void every_cause_of_a_failure_has_its_word() {
    measured.begins();
    for (ResetFailure.Cause cause : ResetFailure.Cause.values()) {
      assertEquals(0, processed(cause.name().toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void tables_that_never_had_a_turn_count_at_the_end() {
    measured.begins("doc.t", "doc.t");
    measured.run.step("doc.t", "completed");
    measured.ends(3, "completed", "not_started", "not_started");
    assertEquals(1, processed("completed"));
    assertEquals(2, processed("not_started"));
  }

  @Test
  void the_phases_of_a_reset_are_measured() {
    measured.begins("doc.t");
    measured.heals("doc.t");
    assertEquals(2, phase("setting_replicas_zero"));
    assertEquals(30, phase("monitoring_leases"));
    assertEquals(4, phase("restoring_replicas"));
    assertEquals(1, value("xmover_phase_duration_seconds_count", "phase", "detected"));
    assertEquals(1, value("xmover_phase_duration_seconds_count", "phase", "recovering"));
    assertEquals(
        0,
        value("xmover_phase_duration_seconds_bucket", "phase", "monitoring_leases", "le", "10.0"));
    assertEquals(
        1,
        value("xmover_phase_duration_seconds_bucket", "phase", "monitoring_leases", "le", "30.0"));
  }

  private double phase(String phase) {
    return value("xmover_phase_duration_seconds_sum", "phase", phase);
  }

  @Test
  void how_long_replicas_took_to_be_back_is_a_phase_of_its_own() {
    var built = Cure.cured(new Bytes(55)).after(Duration.ofMinutes(3));
    var result = TestResults.of("doc.t", "completed");
    measured.begins("doc.t");
    measured.metrics.on(
        new RunEvent.TableEnded(
            new TableResult(
                result.finding(),
                List.of(),
                result.treatment(),
                result.job(),
                Optional.of(built),
                "",
                result.after())));
    assertEquals(180, phase("recovering"));
  }

  @Test
  void a_wait_for_leases_counts_when_they_cleared() {
    measured.begins("doc.t");
    measured.heals("doc.t");
    assertEquals(30, value("xmover_lease_wait_seconds_sum"));
    assertEquals(1, value("xmover_lease_wait_seconds_count"));
  }

  @Test
  void a_wait_for_leases_that_was_given_up_is_a_phase_and_no_lease_wait() {
    measured.begins("doc.t");
    var waiting = TestJobs.atZero(measured.run.time);
    measured.pass(720);
    measured.metrics.on(new RunEvent.Transition(waiting, TestJobs.unrestored(measured.run.time)));
    assertEquals(720, phase("monitoring_leases"));
    assertEquals(0, value("xmover_lease_wait_seconds_count"));
  }

  @Test
  void a_table_is_at_zero_from_the_first_byte_until_its_setting_is_back() {
    measured.begins("doc.t");
    List<Double> seen = new ArrayList<>();
    for (String step : List.of("begin", "zero", "cleared", "restored", "cured")) {
      measured.run.step("doc.t", step);
      seen.add(value("xmover_tables_at_zero_replicas"));
    }
    assertEquals(List.of(1.0, 1.0, 1.0, 0.0, 0.0), seen);
  }

  @Test
  void its_primaries_are_exposed_until_its_replicas_are_back() {
    measured.begins("doc.t", "doc.u");
    assertEquals(0, value("xmover_exposed_bytes"));
    List<Double> seen = new ArrayList<>();
    for (String step : List.of("begin", "zero", "cleared", "restored", "cured")) {
      measured.run.step("doc.t", step);
      seen.add(value("xmover_exposed_bytes") / GIGABYTES_20);
    }
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 0.0), seen);
  }

  @Test
  void a_restore_that_fails_is_told_with_the_time_since_which_the_table_is_at_zero() {
    measured.begins("doc.t");
    assertEquals(0, value("xmover_oldest_zero_replicas_timestamp_seconds"));
    measured.run.step("doc.t", "begin");
    double since = measured.run.time.now().toEpochMilli() / 1000.0;
    measured.run.step("doc.t", "zero");
    measured.run.step("doc.t", "cleared");
    assertEquals(0, value("xmover_restore_failing"));
    measured.metrics.on(
        new RunEvent.Retrying(
            FollowedRun.finding("doc.t").table(),
            "restoring",
            1,
            Duration.ofSeconds(5),
            "blocked"));
    assertEquals(1, value("xmover_restore_failing"));
    assertEquals(since, value("xmover_oldest_zero_replicas_timestamp_seconds"));
    measured.run.step("doc.t", "restored");
    assertEquals(0, value("xmover_restore_failing"));
    assertEquals(0, value("xmover_oldest_zero_replicas_timestamp_seconds"));
  }

  @Test
  void what_another_run_left_at_zero_counts_before_the_first_look() {
    measured.begins("doc.t");
    measured.metrics.on(new RunEvent.Resuming(TestJobs.atZero(measured.run.time)));
    assertEquals(1, value("xmover_tables_at_zero_replicas"));
    assertEquals(GIGABYTES_20, value("xmover_exposed_bytes"));
  }

  @Test
  void a_table_that_could_not_be_restored_is_at_zero_when_the_run_is_over() {
    measured.begins("doc.t");
    for (String step : List.of("begin", "zero", "cleared", "lost", "critical")) {
      measured.run.step("doc.t", step);
    }
    assertEquals(1, value("xmover_rollback_failures_total"));
    measured.ends(4, "critical");
    assertEquals(1, value("xmover_rollback_failures_total"));
    assertEquals(1, value("xmover_tables_at_zero_replicas"));
    assertEquals(GIGABYTES_20, value("xmover_exposed_bytes"));
    assertEquals(4, value("xmover_last_exit_code"));
  }

  @Test
  void a_restore_that_the_last_look_found_done_is_no_failure() {
    measured.begins("doc.t");
    for (String step : List.of("begin", "zero", "cleared", "lost", "critical")) {
      measured.run.step("doc.t", step);
    }
    measured.ends(1, "failed");
    assertEquals(0, value("xmover_rollback_failures_total"));
    assertEquals(0, value("xmover_tables_at_zero_replicas"));
    assertEquals(0, value("xmover_exposed_bytes"));
  }

  @Test
  void a_restore_that_the_last_look_found_undone_is_one() {
    measured.begins("doc.t");
    measured.heals("doc.t");
    measured.ends(4, "critical");
    assertEquals(1, value("xmover_rollback_failures_total"));
    assertEquals(1, value("xmover_tables_at_zero_replicas"));
  }

  @Test
  void statements_count_by_kind_and_result() {
    measured.metrics.on(new RunEvent.QueryEnded(READ, true));
    measured.metrics.on(new RunEvent.QueryEnded(READ, true));
    measured.metrics.on(new RunEvent.QueryEnded(READ, false));
    measured.metrics.on(new RunEvent.Answered(WRITE, Duration.ZERO));
    measured.metrics.on(new RunEvent.StatementFailed(WRITE, Duration.ZERO, new RuntimeException()));
    measured.metrics.on(new RunEvent.StatementFailed(WRITE, Duration.ZERO, new RuntimeException()));
    assertEquals(2, statements("read", "answered"));
    assertEquals(1, statements("read", "failed"));
    assertEquals(1, statements("write", "answered"));
    assertEquals(2, statements("write", "failed"));
  }

  private double statements(String kind, String result) {
    return value("xmover_sql_statements_total", "kind", kind, "result", result);
  }

  @Test
  void retries_of_steps_and_of_statements_count() {
    measured.metrics.on(
        new RunEvent.Retrying(TestJobs.T, "restoring", 1, Duration.ofSeconds(1), "down"));
    measured.metrics.on(new RunEvent.SendingAgain(READ));
    assertEquals(2, value("xmover_retries_total"));
  }

  @Test
  void the_breaker_is_closed_half_open_or_open() {
    assertEquals(0, value("xmover_breaker_state"));
    measured.metrics.on(new RunEvent.Breaker("open"));
    assertEquals(2, value("xmover_breaker_state"));
    measured.metrics.on(new RunEvent.Breaker("half-open"));
    assertEquals(1, value("xmover_breaker_state"));
    measured.metrics.on(new RunEvent.Breaker("closed"));
    assertEquals(0, value("xmover_breaker_state"));
  }

  @Test
  void the_last_run_is_when_it_began_and_the_last_success_when_it_ended() {
    double began = measured.run.time.now().getEpochSecond();
    measured.begins();
    measured.pass(90);
    measured.ends(0);
    assertEquals(began, value("xmover_last_run_timestamp_seconds"));
    assertEquals(began + 90, value("xmover_last_success_timestamp_seconds"));
    assertEquals(0, value("xmover_last_exit_code"));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "130", "143"})
  void a_run_that_did_not_end_with_0_is_no_success(int exitCode) {
    measured.begins();
    assertTrue(!isKnown("xmover_last_exit_code"), "it has not ended");
    measured.ends(exitCode);
    assertEquals(exitCode, value("xmover_last_exit_code"));
    assertTrue(!isKnown("xmover_last_success_timestamp_seconds"));
  }

  @Test
  void the_build_is_told() {
    assertEquals(1, value("xmover_build_info", "version", Xmover.VERSION));
  }

  @Test
  void all_of_it_tells_the_cluster_and_none_of_it_a_table() {
    measured.begins("doc.t");
    measured.heals("doc.t");
    for (Exposition.Sample sample : measured.exposed().samples()) {
      assertEquals(MeasuredRun.CLUSTER, sample.labels().get("cluster"), sample.toString());
      assertTrue(!sample.labels().containsValue("doc.t"), sample.toString());
    }
  }
}
