package xmover.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.sql.Sql;
import xmover.environment.SteppedTimers;

class KeptConnectionTest {
  private final SteppedTimers timers = new SteppedTimers();
  private final FakeCluster fake = new FakeCluster();
  private final FaultyCluster link = new FaultyCluster(fake, timers);
  private final KeptConnection kept = new KeptConnection(link, timers);

  private final Promise<Void> work = Promise.promise();

  KeptConnectionTest() {
    fake.answer(Sql.ping(), List.of());
  }

  @Test
  void it_is_used_before_anything_else_and_then_now_and_again() {
    assertTrue(kept.isLost());
    kept.during(work::future);
    assertFalse(kept.isLost());
    timers.advance(Duration.ofMinutes(1));
    assertEquals(5, fake.asked().size());
  }

  @Test
  void one_that_broke_is_replaced_at_once_and_lost_until_then() {
    kept.during(work::future);
    link.times(2, "SELECT 1", FaultyCluster.fail(Kind.CONNECTION_LOST));
    timers.advance(Duration.ofMillis(15_500));
    assertTrue(kept.isLost());
    timers.advance(Duration.ofSeconds(2));
    assertFalse(kept.isLost());
  }

  @Test
  void after_the_work_it_is_used_no_more() {
    kept.during(work::future);
    work.complete();
    timers.advance(Duration.ofMinutes(1));
    assertEquals(1, fake.asked().size());
  }
}
