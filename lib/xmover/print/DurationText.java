package xmover.print;

import java.time.Duration;
import java.util.Locale;

/** How long something takes, for people. */
public final class DurationText {
  private DurationText() {}

  /** {@code 0.3s}, {@code 15s}, {@code 4m12s}, {@code 1h04m}; a zero at the end is left out. */
  public static String text(Duration time) {
    if (time.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
    }
    if (time.toSeconds() < 60) {
      return time.toSeconds() + "s";
    }
    return time.toHours() > 0
        ? two(time.toHours(), "h", time.toMinutesPart(), "m")
        : two(time.toMinutes(), "m", time.toSecondsPart(), "s");
  }

  private static String two(long large, String unit, int small, String smaller) {
    return large + unit + (small == 0 ? "" : String.format(Locale.ROOT, "%02d%s", small, smaller));
  }
}
