package cratesim.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a copy does not commit its translog. */
public enum Stuck {
  /** An operation is missing in it: its local checkpoint ends before the hole. */
  HOLE,
  /** It has every operation, but another copy lags behind, and with it the global checkpoint. */
  LAGGING,
  /** Nothing is wrong: nobody has flushed it. */
  UNFLUSHED;

  public static Stuck of(@Nullable String text) {
    return switch (text == null ? "hole" : text.toLowerCase(Locale.ROOT)) {
      case "hole" -> HOLE;
      case "lagging" -> LAGGING;
      case "unflushed" -> UNFLUSHED;
      default ->
          throw new IllegalArgumentException(
              "a translog is stuck by a hole, lagging or unflushed, not '" + text + "'");
    };
  }
}
