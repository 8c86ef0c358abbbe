package xmover.table;

import java.time.Duration;

/** How long something takes or is ago, for people and roughly: {@code 26 s}, {@code 5 h}. */
public final class Age {
  private Age() {}

  /** In the largest unit of which there are two. */
  public static String text(Duration time) {
    if (time.toDays() >= 2) {
      return time.toDays() + " d";
    }
    if (time.toHours() >= 2) {
      return time.toHours() + " h";
    }
    return time.toMinutes() >= 2 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
