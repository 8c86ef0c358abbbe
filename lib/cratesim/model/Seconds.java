package cratesim.model;

import org.jspecify.annotations.Nullable;

/** Times as scenarios write them. */
public final class Seconds {
  /** Later than anybody looks. */
  static final long NEVER = Long.MAX_VALUE / 4;

  private Seconds() {}

  /** Refuses what is no time to come. */
  public static void check(String what, @Nullable Double seconds) {
    if (seconds != null && !(seconds >= 0)) {
      throw new IllegalArgumentException(what + " must be 0 or more, not " + seconds);
    }
  }

  /** Milliseconds; {@link #NEVER} for null. */
  public static long millis(@Nullable Double seconds) {
    return seconds == null ? NEVER : Math.max(1, Math.round(seconds * 1000));
  }
}
