package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;
import static xmover.cluster.FaultyCluster.loseAnswer;
import static xmover.reset.engine.ResetBench.T;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;

/** Putting the original setting back outlasts everything. */
class RestoringTest {
  private static final String BACK = "\"number_of_replicas\" = '1'";
  private static final String LEASES = "lease_sources";
  private static final String CATALOGUE = "number_of_shards AS primaries";

  private final ResetBench bench = ResetBench.oneTable("1");

  @ParameterizedTest
  @EnumSource(
      names = {"CONNECTION_LOST", "TIMEOUT", "SERVER", "UNREACHABLE", "REFUSED", "PRIVILEGE"})
  void a_restore_that_fails_eleven_times_is_tried_a_twelfth_time(Kind kind) {
    bench.link.times(11, BACK, fail(kind));
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals("1", bench.replicas());
    assertEquals(11, bench.told.of("retrying restoring").size());
  }

  @Test
  void a_restore_is_critical_only_after_ten_attempts_and_five_minutes() {
    bench.link.always(BACK, fail(Kind.SERVER));
    ResetJob job = bench.reset();
    assertEquals(RestoreOutcome.FAILED, job.restore());
    assertEquals(Cause.RESTORE_FAILED, job.cause().orElseThrow().cause());
    assertTrue(written(BACK) >= 10, written(BACK) + " attempts");
    Duration restoring = job.times().atRisk().minus(job.times().waited());
    assertTrue(restoring.compareTo(Duration.ofMinutes(5)) >= 0, restoring.toString());
  }

  @Test
  void what_a_bug_throws_costs_one_attempt() {
    bench.link.once(
        BACK,
        execution -> {
          throw new OutOfMemoryError("once");
        });
    assertEquals(RestoreOutcome.DONE, bench.reset().restore());
    assertEquals("1", bench.replicas());
  }

  @Test
  void what_a_bug_throws_in_the_read_back_costs_one_attempt() {
    bench.link.once(
        BACK,
        execution -> {
          bench.link.once(
              CATALOGUE,
              reading -> {
                throw new IllegalStateException("once");
              });
          return fail(Kind.SERVER).happen(execution);
        });
    assertEquals(RestoreOutcome.DONE, bench.reset().restore());
    assertEquals("1", bench.replicas());
  }

  @Test
  void a_failed_restore_keeps_the_first_cause() {
    bench.link.always(LEASES, fail(Kind.TIMEOUT)).always(BACK, fail(Kind.SERVER));
    ResetJob job = bench.reset();
    assertEquals(Cause.LEASES_TIMED_OUT, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.FAILED, job.restore());
  }

  @Test
  void a_restore_whose_answer_is_lost_is_resolved_by_reading_back() {
    bench.link.once(BACK, loseAnswer(Kind.CONNECTION_LOST));
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals(1, written(BACK));
  }

  @Test
  void a_restore_goes_on_although_the_catalogue_cannot_be_read() {
    bench.guarded = new FaultyCluster(bench.link, bench.timers);
    var ended = bench.start(T);
    bench.link.once(
        LEASES,
        execution -> {
          bench.link.times(5, CATALOGUE, fail(Kind.SERVER));
          return execution.get();
        });
    assertEquals(ResetState.COMPLETED, bench.timers.run(ended).state());
    assertEquals("1", bench.replicas());
  }

  @Test
  void a_restore_goes_past_an_open_breaker() {
    var breaker = new FaultyCluster(bench.link, bench.timers);
    bench.guarded = breaker;
    bench.policy = ResetBench.HANDBOOK;
    var ended = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals("0", bench.replicas());
    breaker.always("", fail(Kind.UNREACHABLE));
    assertFailed(bench.timers.run(ended), Cause.LEASES_TIMED_OUT, RestoreOutcome.DONE);
  }

  private long written(String words) {
    return bench.link.written().stream().filter(sql -> sql.contains(words)).count();
  }

  private void assertFailed(ResetJob job, Cause cause, RestoreOutcome restore) {
    assertEquals(ResetState.FAILED, job.state());
    assertEquals(cause, job.cause().orElseThrow().cause());
    assertEquals(restore, job.restore());
    assertEquals("1", bench.replicas());
  }
}
