package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.environment.SteppedTimers;
import xmover.gates.view.EarlierResets;
import xmover.reset.NoJournal;
import xmover.reset.PastReset;

/** A connection lost while the earlier resets are read refuses no table of a nightly run. */
class HistoryLostOnceTest {
  private final SteppedTimers timers = new SteppedTimers();
  private int reads;
  private int lost;

  private Future<List<PastReset>> read(Throwable failure) {
    return ++reads <= lost ? Future.failedFuture(failure) : Future.succeededFuture(List.of());
  }

  private EarlierResets losing(int times, Throwable failure) {
    lost = times;
    return new EarlierResets(new NoJournal(() -> read(failure)), timers);
  }

  private static ClusterFailure of(Kind kind) {
    return new ClusterFailure(kind, "the connection broke", null, null);
  }

  private boolean isSeen(EarlierResets resets) {
    return timers.run(resets.get()).value().isPresent();
  }

  @Test
  void a_lost_connection_is_tried_again_as_for_any_read() {
    var wrapped = new IllegalStateException("the journal can't be read", of(Kind.CONNECTION_LOST));
    EarlierResets resets = losing(2, wrapped);
    assertEquals(true, isSeen(resets));
    assertEquals(3, reads);
    assertEquals(true, isSeen(resets));
    assertEquals(3, reads, "what was read is kept for all tables");
  }

  @Test
  void what_could_not_be_read_for_one_table_is_looked_at_again_for_the_next() {
    EarlierResets resets = losing(7, of(Kind.UNREACHABLE));
    Instant before = timers.now();
    assertEquals(false, isSeen(resets));
    assertEquals(Duration.ofMillis(7_500), Duration.between(before, timers.now()));
    assertEquals(true, isSeen(resets));
  }

  @Test
  void a_missing_privilege_is_told_at_once() {
    assertEquals(false, isSeen(losing(9, of(Kind.PRIVILEGE))));
    assertEquals(1, reads);
  }
}
