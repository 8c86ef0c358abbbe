package xmover.table;

import java.util.Optional;

/**
 * Why a shard copy keeps its translog.
 *
 * @param text one sentence for the operator, with the numbers it rests on
 * @param knownBug a bug of the running version that may have caused it; only of copies that differ
 */
public record Diagnosis(Kind kind, String text, Optional<KnownBug> knownBug) {
  /** Nobody has looked yet. */
  public static final Diagnosis NONE = unknown("it was not diagnosed");

  /** What keeps the translog. */
  public enum Kind {
    /** An operation is missing in this copy, and what follows it can't be flushed. */
    HOLE,
    /** This copy is complete; another copy of its shard is behind. */
    LAGGING_COPY,
    /** Every copy is complete: the next flush frees it, and nobody needs to do anything. */
    FLUSHES_BY_ITSELF,
    /** What CrateDB reports does not tell. */
    UNKNOWN
  }

  public Diagnosis {
    boolean copiesDiffer = kind == Kind.HOLE || kind == Kind.LAGGING_COPY;
    if (knownBug.isPresent() && !copiesDiffer) {
      throw new IllegalArgumentException(kind + " has no known bug behind it");
    }
  }

  /** What CrateDB reports does not tell, and why not. */
  public static Diagnosis unknown(String text) {
    return new Diagnosis(Kind.UNKNOWN, text, Optional.empty());
  }

  /** The version that fixes the known bug. */
  public Optional<String> fixedIn() {
    return knownBug.map(KnownBug::fixedIn);
  }
}
