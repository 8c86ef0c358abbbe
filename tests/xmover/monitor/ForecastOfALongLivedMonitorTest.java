package xmover.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.print.Terminal;

/**
 * After a calm month a monitor told 426 KB/h and 298 h, where a new one told 300 MB/h and 25 min.
 */
class ForecastOfALongLivedMonitorTest {
  private static final int MONTH = 30 * 24 * 60;
  private static final long FREE = 400_000;
  private final GrowthTracker old = new GrowthTracker();

  private static Growth growth(GrowthTracker tracker, long minute, long size, long free) {
    Looks look = Looks.first().after(minute, size).room(free, free - 300_000);
    return tracker.saw(look.sight()).tables().get(0).growth().orElseThrow();
  }

  private static Instant minute(long minutes) {
    return Looks.START.plus(Duration.ofMinutes(minutes));
  }

  private void calmMonth() {
    for (long minute = 0; minute < MONTH; minute += 10) {
      growth(old, minute, 600, FREE);
    }
  }

  @Test
  void a_calm_month_does_not_slow_down_what_the_last_hour_showed() {
    calmMonth();
    var fresh = new GrowthTracker();
    for (int ten = 0; ten <= 5; ten++) {
      growth(old, MONTH + 10 * ten, 600 + 50L * ten, FREE - 8_000L * ten);
      growth(fresh, MONTH + 10 * ten, 600 + 50L * ten, FREE - 8_000L * ten);
    }
    Growth told = growth(old, MONTH + 60, 900, FREE - 48_000);
    assertEquals(growth(fresh, MONTH + 60, 900, FREE - 48_000), told);
    assertEquals(Optional.of(Looks.mega(300)), told.bytesPerHour());
    assertEquals(minute(MONTH + 60 + 65), told.diskFull().orElseThrow().at());
  }

  @Test
  void looks_every_few_seconds_tell_the_same() {
    GrowthTracker busy = new GrowthTracker();
    Growth told = null;
    for (long second = 0; second <= 7_200; second += 10) {
      Looks look = Looks.first();
      long size = 600 + Math.max(0, second - 3_600) / 12;
      var then =
          new Looks(
              Looks.START.plusSeconds(second),
              look.uuid(),
              Optional.of(size),
              look.verdict(),
              look.rooms());
      told = busy.saw(then.sight()).tables().get(0).growth().orElseThrow();
    }
    assertEquals(300.0, told.bytesPerHour().orElseThrow().value() / (double) (1 << 20), 13);
    assertTrue(!told.since().isBefore(Looks.START.plusSeconds(3_600)), told.toString());
  }

  @Test
  void freed_space_does_not_hide_how_fast_the_disk_fills_afterwards() {
    growth(old, 0, 600, 320_000);
    growth(old, 10, 610, 310_000);
    // A table was dropped.
    growth(old, 20, 620, 390_000);
    Growth told = growth(old, 30, 630, 380_000);
    assertEquals(minute(30 + 80), told.diskFull().orElseThrow().at());
  }

  @Test
  void what_merges_free_now_and_then_does_not_hide_how_fast_the_disk_fills() {
    long free = FREE;
    Growth told = growth(old, 0, 600, free);
    for (int minute = 1; minute <= 60; minute++) {
      free += minute % 2 == 0 ? 200 : -1_200;
      told = growth(old, minute, 600 + minute, free);
    }
    // It lost 500 MB a minute, and has 70,000 left.
    assertEquals(minute(60 + 140), told.diskFull().orElseThrow().at());
  }

  @Test
  void what_a_merge_takes_for_a_minute_is_no_speed_of_a_disk() {
    growth(old, 0, 600, 380_000);
    growth(old, 1, 601, 390_000);
    Growth told = growth(old, 2, 602, 380_000);
    assertTrue(
        told.diskFull().isEmpty() || told.diskFull().get().at().isAfter(minute(60)),
        told.toString());
  }

  @Test
  void looks_hours_apart_tell_what_was_between_the_last_two() {
    growth(old, 0, 600, FREE);
    growth(old, 600, 600, FREE);
    Growth told = growth(old, 1_200, 1_600, FREE);
    assertEquals(Optional.of(Looks.mega(100)), told.bytesPerHour());
    assertEquals(minute(600), told.since());
  }

  @Test
  void since_when_is_told_with_its_day_where_that_is_not_today() {
    GrowthText.render(old.saw(Looks.first().sight()), Terminal.NONE, ZoneOffset.UTC);
    String next =
        GrowthText.render(
            old.saw(Looks.first().after(24 * 60, 700).sight()), Terminal.NONE, ZoneOffset.UTC);
    assertTrue(next.contains("| 2024-01-15 10:30"), next);
  }
}
