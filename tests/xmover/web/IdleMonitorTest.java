package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import xmover.environment.SteppedTimers;
import xmover.journal.PastResets;
import xmover.monitor.Looks;
import xmover.monitor.Monitoring;
import xmover.reset.PastReset;

/** A served monitor that nobody watched built all it shows four times a second. */
class IdleMonitorTest {
  private final Monitoring monitoring = new Monitoring(new SteppedTimers(), Duration.ofMinutes(1));
  private final AtomicReference<Optional<List<PastReset>>> past =
      new AtomicReference<>(Optional.empty());
  private final MonitorSource source = new MonitorSource(monitoring, past::get, Optional::empty);

  private static List<PastReset> healed() {
    return List.of(PastResets.ago(Duration.ofDays(1), Looks.T, "run-1"));
  }

  @Test
  void what_did_not_change_is_not_built_again() {
    var built = new AtomicInteger();
    var feed =
        new StatusFeed(
            new StatusSource() {
              @Override
              public StatusFrame<?> frame() {
                built.incrementAndGet();
                return source.frame();
              }

              @Override
              public long version() {
                return source.version();
              }
            },
            "e");
    for (int i = 0; i < 100; i++) {
      assertFalse(feed.look());
    }
    assertEquals(1, built.get());
    monitoring.saw(Looks.first().sight());
    assertTrue(feed.look());
    assertFalse(feed.look());
    assertEquals(2, built.get());
  }

  @Test
  void earlier_runs_are_built_once_until_they_were_read_again() {
    past.set(Optional.of(healed()));
    assertSame(runs(), runs());
    Object before = runs();
    past.set(Optional.of(healed()));
    assertNotSame(before, runs());
    assertEquals(before, runs());
  }

  private Object runs() {
    return source.frame().parts().path("runs");
  }
}
