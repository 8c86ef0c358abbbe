package cratesim;

import java.util.Locale;

/** One of CrateDB's two wires. */
public enum Wire {
  PG,
  HTTP;

  /** As the list of faults writes it. */
  static Wire of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
