package cratesim.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of the replica that replaces a stuck one. */
public enum Incurable {
  /** It is cured. */
  NO,
  /** It piles its translog up again, at once. */
  TRANSLOG,
  /** It never finds a place, as after some changes of the schema (upstream issue 17567). */
  UNASSIGNED;

  public static Incurable of(@Nullable String text) {
    return switch (text == null ? "false" : text.toLowerCase(Locale.ROOT)) {
      case "false" -> NO;
      case "true", "translog" -> TRANSLOG;
      case "unassigned" -> UNASSIGNED;
      default ->
          throw new IllegalArgumentException(
              "incurable is true, false, \"translog\" or \"unassigned\", not '" + text + "'");
    };
  }
}
