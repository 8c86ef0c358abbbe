package xmover.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.live.OverTime.Point;

/** What is kept of two sizes over the time of a run. */
class OverTimeTest {
  private static final Instant BEGAN = Instant.parse("2024-01-15T10:30:00Z");

  private final OverTime kept = new OverTime();

  private void seen(double second, long oneCopy) {
    kept.seen(BEGAN.plusMillis((long) (second * 1000)), oneCopy, 1000 - oneCopy);
  }

  private Point last() {
    return kept.points().get(kept.points().size() - 1);
  }

  @Test
  void what_did_not_change_makes_no_point() {
    seen(0, 5);
    seen(60, 5);
    seen(120, 5);
    assertEquals(List.of(new Point(BEGAN, 5, 5, 995)), kept.points());
  }

  @Test
  void a_peak_within_a_second_is_not_lost_and_the_end_of_it_is_told() {
    seen(0, 0);
    seen(10, 3);
    seen(10.2, 9);
    seen(10.4, 0);
    assertEquals(new Point(BEGAN.plusSeconds(10), 9, 0, 1000), last());
  }

  @Test
  void a_run_of_a_day_keeps_few_points_its_peak_and_how_it_stands_now() {
    for (int second = 0; second < 86_400; second++) {
      seen(second, second == 40_000 ? 900 : second % 7);
      assertTrue(kept.points().size() <= OverTime.MOST, () -> "" + kept.points().size());
    }
    assertTrue(kept.points().size() > OverTime.MOST / 3, () -> "" + kept.points().size());
    assertEquals(900, kept.points().stream().mapToLong(Point::most).max().orElseThrow());
    assertEquals(86_399 % 7, last().oneCopy());
    assertEquals(BEGAN, kept.points().get(0).from());
  }
}
