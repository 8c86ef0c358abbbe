package cratesim.faults;

import java.util.Locale;

/** One of CrateDB's two wires. */
public enum FaultyWire {
  PG,
  HTTP;

  /** As the list of faults writes it. */
  static FaultyWire of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
