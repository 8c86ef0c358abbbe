package xmover.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock set back by an hour made a wait of 20 s last 283 s, and a table "at 0 for −3492 s". */
class ClockSetBackTest {
  private Instant timeOfDay = Instant.parse("2024-01-15T10:30:00Z");
  private long nanos = Long.MAX_VALUE - 5;

  @Test
  void what_has_passed_since_the_start_counts_and_no_clock_that_is_set() {
    var clock = new SteadyClock(() -> timeOfDay, () -> nanos);
    Instant started = clock.instant();
    assertEquals(timeOfDay, started);
    timeOfDay = timeOfDay.minus(Duration.ofHours(1));
    // It overflows, as nanoTime may.
    nanos += Duration.ofSeconds(20).toNanos();
    assertEquals(Duration.ofSeconds(20), Duration.between(started, clock.instant()));
  }
}
