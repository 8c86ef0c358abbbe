package xmover.reset.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @Test
  void the_ladder_is_the_handbooks() {
    List<Long> seconds = new ArrayList<>();
    for (int look = 1; look <= 12; look++) {
      seconds.add(Backoff.Ladder.HANDBOOK.delay(look, Duration.ZERO, 1).toSeconds());
    }
    assertEquals(
        List.of(10L, 15L, 30L, 45L, 60L, 90L, 135L, 200L, 300L, 450L, 720L, 720L), seconds);
  }

  @Test
  void attempts_are_counted_until_the_longest_wait() {
    assertEquals(11, Backoff.Ladder.HANDBOOK.attempts(Duration.ofSeconds(2055), 1));
    assertEquals(9, Backoff.Ladder.HANDBOOK.attempts(Duration.ofSeconds(720), 1));
    assertEquals(1, Backoff.Ladder.HANDBOOK.attempts(Duration.ofSeconds(10), 1));
    assertEquals(2, Backoff.Ladder.HANDBOOK.attempts(Duration.ofSeconds(11), 1));
  }

  @Test
  void exponential_doubles_up_to_the_longest() {
    var backoff = new Backoff.Exponential(Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertEquals(
        List.of(1L, 2L, 4L, 5L, 5L),
        List.of(1, 2, 3, 4, 5).stream()
            .map(look -> backoff.delay(look, Duration.ZERO, 1).toSeconds())
            .toList());
    assertEquals(5, backoff.delay(1_000_000, Duration.ZERO, 1).toSeconds());
  }

  @ParameterizedTest
  @CsvSource({"30, 1", "30, 4", "30, 60", "300, 1", "300, 4", "300, 60"})
  void adaptive_takes_no_more_looks_than_the_ladder_and_ends_no_later(long interval, int shards) {
    var adaptive = new Backoff.Adaptive(Duration.ofSeconds(interval));
    long adaptiveTotal = 0;
    long ladderTotal = 0;
    for (long cleared = 0; cleared <= interval * 1000; cleared += 100) {
      Seen byAdaptive = seen(adaptive, Duration.ofMillis(cleared), shards);
      Seen byLadder = seen(Backoff.Ladder.HANDBOOK, Duration.ofMillis(cleared), shards);
      assertTrue(byAdaptive.looks() <= byLadder.looks(), cleared + " ms: " + byAdaptive);
      if (cleared > interval * 800) {
        adaptiveTotal += byAdaptive.at().toMillis();
        ladderTotal += byLadder.at().toMillis();
      }
    }
    assertTrue(adaptiveTotal < ladderTotal, adaptiveTotal + " " + ladderTotal);
  }

  @Test
  void delays_of_nothing_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff.Ladder(List.of(Duration.ZERO)));
    assertThrows(IllegalArgumentException.class, () -> new Backoff.Ladder(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff.Exponential(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }

  /** When leases that clear at some moment are seen to have cleared. */
  private record Seen(int looks, Duration at) {}

  private static Seen seen(Backoff backoff, Duration cleared, int shards) {
    Duration at = Duration.ZERO;
    int looks = 1;
    while (at.compareTo(cleared) < 0) {
      at = at.plus(backoff.delay(looks, at, shards));
      looks++;
    }
    return new Seen(looks, at);
  }
}
