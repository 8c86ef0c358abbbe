package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;

/**
 * A table that somebody closed or changed while it was at 0 kept "waiting for the lease sync tick"
 * until {@code --max-wait} was over.
 */
class DisturbedAtZeroTest {
  private final ResetBench bench = ResetBench.oneTable("1");

  DisturbedAtZeroTest() {
    bench.policy = ResetBench.HANDBOOK;
  }

  @Test
  void one_that_was_closed_is_put_back_at_the_next_look_and_named() {
    Future<ResetJob> reset = atZero();
    bench.sql("ALTER TABLE doc.t CLOSE");
    ResetJob job = bench.timers.run(reset);
    assertEquals(Cause.CHANGED_BY_OTHERS, job.cause().orElseThrow().cause());
    assertTrue(job.cause().orElseThrow().message().contains("closed"));
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("1", bench.replicas());
    assertSoon(job);
  }

  @Test
  void one_whose_setting_was_changed_is_left_as_it_was_set_at_the_next_look() {
    Future<ResetJob> reset = atZero();
    bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '2')");
    ResetJob job = bench.timers.run(reset);
    assertEquals(Cause.CHANGED_BY_OTHERS, job.cause().orElseThrow().cause());
    assertEquals("2", bench.replicas());
    assertSoon(job);
  }

  private Future<ResetJob> atZero() {
    Future<ResetJob> reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    return reset;
  }

  private static void assertSoon(ResetJob job) {
    assertTrue(job.times().waited().compareTo(Duration.ofSeconds(11)) < 0, job.times().toString());
  }
}
