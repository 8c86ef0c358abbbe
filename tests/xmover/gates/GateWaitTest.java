package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.sql.Sql;
import xmover.environment.SteppedTimers;
import xmover.gates.view.SentStatements;
import xmover.reset.GateVerdict;
import xmover.reset.RunEvent;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** A table whose copies move is waited for, and nothing else is. */
class GateWaitTest {
  private static final List<GateVerdict> MOVING =
      List.of(GateVerdict.shut("table", "primary 0 is RELOCATING", ""));
  private static final Finding TABLE = Findings.holding("t", 1);

  private final SteppedTimers timers = new SteppedTimers();
  private final SentStatements sent = new SentStatements();
  private final List<GateVerdict> told = new ArrayList<>();

  private GateWait patience(Duration longest) {
    sent.on(new RunEvent.Sending(Sql.setReplicas(TableRef.of("doc", "u"), ReplicaSetting.ZERO)));
    return new GateWait(timers, sent, longest, (table, gate) -> told.add(gate));
  }

  @Test
  void a_wait_of_days_is_no_chain_that_ends_in_too_deep_a_stack() {
    Future<List<GateVerdict>> answer =
        patience(Duration.ofDays(3))
            .untilNothingPasses(TABLE, () -> Future.succeededFuture(MOVING));
    assertEquals(MOVING, timers.run(answer));
    assertEquals(Duration.ofDays(3), timers.passed());
    assertEquals(1, told.size());
  }

  @Test
  void what_does_not_pass_by_itself_is_answered_at_once() {
    var red = List.of(MOVING.get(0), GateVerdict.shut("health", "RED", ""));
    assertTrue(
        patience(Duration.ofDays(3))
            .untilNothingPasses(TABLE, () -> Future.succeededFuture(red))
            .isComplete());
  }

  @Test
  void a_run_that_is_over_waits_for_nothing() {
    GateWait patience = patience(Duration.ofDays(3));
    Future<List<GateVerdict>> answer =
        patience.untilNothingPasses(TABLE, () -> Future.succeededFuture(MOVING));
    assertFalse(answer.isComplete());
    patience.end();
    timers.run(answer);
    assertTrue(timers.passed().compareTo(Duration.ofSeconds(3)) < 0);
  }
}
