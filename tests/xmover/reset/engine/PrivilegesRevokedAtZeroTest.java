package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;

/** A table hidden because privileges were revoked was taken for gone, and stayed at 0. */
class PrivilegesRevokedAtZeroTest {
  private final ResetBench bench = ResetBench.oneTable("1");

  @Test
  void a_table_out_of_sight_because_privileges_were_revoked_is_not_taken_for_gone() {
    var ended = zeroAndOutOfSight();
    ResetJob job = bench.timers.run(ended);
    assertEquals(RestoreOutcome.FAILED, job.restore());
    assertEquals("0", bench.replicas());
    assertTrue(job.cause().orElseThrow().message().contains("GRANT"), job.cause().toString());
  }

  @Test
  void a_table_that_comes_back_into_sight_is_restored() {
    var ended = zeroAndOutOfSight();
    bench.timers.advance(Duration.ofSeconds(721));
    bench.link.heal();
    assertEquals(RestoreOutcome.DONE, bench.timers.run(ended).restore());
    assertEquals("1", bench.replicas());
  }

  private Future<ResetJob> zeroAndOutOfSight() {
    bench.policy = ResetBench.HANDBOOK;
    var ended = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.hide();
    return ended;
  }
}
