package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.ReplicaSetting;

/** How long a table is at zero replicas at most, whatever hangs. */
class ExposureLimitTest {
  private static final Duration LIMIT = Duration.ofSeconds(6);
  private static final ResetPolicy LIMITED =
      new ResetPolicy(Duration.ofSeconds(720), Optional.of(LIMIT), Backoff.Ladder.HANDBOOK, false);

  private final ResetBench bench =
      new ResetBench(
          new ResetBench.Conduct("\"lease_sync\": 300,"),
          "{\"name\": \"doc.t\", \"shards\": 4, \"replicas\": \"0-1\", \"stuck_translog\":"
              + " \"2gb\"}");

  @Test
  void a_table_is_restored_early_when_its_exposure_is_over() {
    bench.policy = LIMITED;
    ResetJob job = bench.reset();
    assertTimedOutAndBack(job);
    assertTrue(job.times().atRisk().compareTo(LIMIT.plusSeconds(1)) < 0, job.times().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIMIZE", "lease_sources"})
  void a_look_or_a_sync_that_hangs_does_not_outlast_the_longest_wait(String hanging) {
    bench.link.always(hanging, bench.link.hang());
    ResetJob job = bench.reset();
    assertTimedOutAndBack(job);
    Duration waited = job.times().waited();
    assertTrue(waited.compareTo(Duration.ofSeconds(723)) < 0, waited.toString());
  }

  @Test
  void what_a_hanging_look_says_after_the_limit_is_not_heard() {
    bench.policy = LIMITED;
    bench.link.always("lease_sources", bench.link.hang());
    ResetJob job = bench.reset();
    bench.link.release();
    bench.timers.run();
    assertTimedOutAndBack(job);
  }

  @Test
  void an_alter_to_zero_that_took_longer_than_the_limit_is_followed_by_the_restore() {
    bench.policy = LIMITED;
    bench.link.once("= '0'", bench.link.hang());
    Future<ResetJob> ended = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(30));
    bench.link.release();
    assertTimedOutAndBack(bench.timers.run(ended));
  }

  @Test
  void a_resumed_table_whose_time_is_over_is_restored_at_once() {
    bench.policy = LIMITED;
    bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '0')");
    JournalEntry begun =
        new JournalEntry(
            bench.context().run(),
            T,
            new ReplicaSetting("0-1"),
            4,
            ResetState.MONITORING_LEASES,
            Optional.empty(),
            bench.timers.now());
    bench.timers.advance(Duration.ofSeconds(20));
    Duration before = bench.timers.passed();
    ResetJob job =
        bench.timers.run(TableResetProcessor.resuming(begun, begun.table(), bench.context()).run());
    assertTimedOutAndBack(job);
    assertTrue(bench.timers.passed().minus(before).compareTo(Duration.ofSeconds(3)) < 0);
  }

  @Test
  void a_look_that_fails_costs_no_more_than_the_limit() {
    bench.policy = LIMITED;
    bench.link.always("lease_sources", FaultyCluster.fail(Kind.SERVER));
    ResetJob job = bench.reset();
    assertTimedOutAndBack(job);
    assertTrue(job.times().atRisk().compareTo(LIMIT.plusSeconds(3)) < 0, job.times().toString());
  }

  private void assertTimedOutAndBack(ResetJob job) {
    assertEquals(Optional.of(Cause.LEASES_TIMED_OUT), job.cause().map(ResetFailure::cause));
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("0-1", bench.replicas());
  }
}
