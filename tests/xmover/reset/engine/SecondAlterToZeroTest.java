package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static xmover.cluster.FaultyCluster.answerNothing;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;

/** An ALTER to 0 was sent again, seconds after the gates had been asked for the first one. */
class SecondAlterToZeroTest {
  private static final String TO_ZERO = "\"number_of_replicas\" = '0'";

  private final ResetBench bench = ResetBench.oneTable("1");
  private int asked;

  @Test
  void the_gates_are_asked_again_before_it() {
    bench.link.once(TO_ZERO, answerNothing());
    assertEquals(ResetState.COMPLETED, reset(Optional.empty()).state());
    assertEquals(1, asked);
    assertEquals(2, alters());
  }

  @Test
  void a_gate_that_is_shut_by_then_keeps_it_from_leaving() {
    bench.link.once(TO_ZERO, answerNothing());
    ResetJob job = reset(Optional.of("health: the cluster is RED"));
    assertEquals(Cause.ZEROING_FAILED, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals(1, alters());
    assertEquals("1", bench.replicas());
  }

  private ResetJob reset(Optional<String> refusal) {
    return bench.timers.run(
        new TableResetProcessor(
                T,
                bench.context(),
                () -> {
                  asked++;
                  return Future.succeededFuture(refusal);
                })
            .run());
  }

  private long alters() {
    return bench.link.written().stream().filter(s -> s.contains(TO_ZERO)).count();
  }
}
