package xmover.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.environment.SteppedTimers;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Remedy;

/** How long an answer of the gates holds for the copies of a table. */
class FreshPermitTest {
  private final SteppedTimers timers = new SteppedTimers();
  private final List<Remedy> asked = new ArrayList<>();
  private boolean held;
  private boolean unread;
  private final Permit permit =
      new FreshPermit(
          new Permit() {
            @Override
            public Future<Optional<String>> ask(Remedy remedy) {
              asked.add(remedy);
              return Future.succeededFuture(Optional.empty());
            }

            @Override
            public boolean isHeld() {
              return held;
            }

            @Override
            public boolean isUnread() {
              return unread;
            }
          },
          timers);

  private int timesAsked(Remedy remedy) {
    asked.clear();
    permit.ask(remedy);
    permit.ask(remedy);
    return asked.size();
  }

  @Test
  void moves_that_follow_closely_share_an_answer() {
    assertEquals(1, timesAsked(Remedy.MOVE));
    timers.advance(Duration.ofSeconds(30));
    assertEquals(1, timesAsked(Remedy.MOVE));
  }

  @Test
  void before_each_copy_that_is_dropped_the_gates_are_asked() {
    assertEquals(2, timesAsked(Remedy.REBUILD));
    assertEquals(2, timesAsked(Remedy.REBUILD_ALONE));
  }

  @Test
  void it_knows_whether_a_gate_could_not_see() {
    assertFalse(permit.isUnread());
    unread = true;
    assertTrue(permit.isUnread());
  }

  @Test
  void after_a_pause_or_an_end_no_older_answer_counts() {
    permit.ask(Remedy.MOVE);
    held = true;
    assertEquals(2, timesAsked(Remedy.MOVE));
  }
}
