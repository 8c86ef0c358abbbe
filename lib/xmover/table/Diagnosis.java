package xmover.table;

import java.util.List;
import java.util.Optional;

/**
 * Why a shard copy keeps its translog.
 *
 * @param text one sentence for the operator, with the numbers it rests on
 * @param causes bugs of the running version that may have caused it; only of copies that differ
 */
public record Diagnosis(Kind kind, String text, List<KnownBug> causes) {
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
    causes = List.copyOf(causes);
    boolean copiesDiffer = kind == Kind.HOLE || kind == Kind.LAGGING_COPY;
    if (!causes.isEmpty() && !copiesDiffer) {
      throw new IllegalArgumentException(kind + " has no known bug behind it");
    }
  }

  /** With one possible cause at most. */
  public Diagnosis(Kind kind, String text, Optional<KnownBug> cause) {
    this(kind, text, cause.stream().toList());
  }

  /** What CrateDB reports does not tell, and why not. */
  public static Diagnosis unknown(String text) {
    return new Diagnosis(Kind.UNKNOWN, text, List.of());
  }

  /** The first of its causes that a version fixes. */
  public Optional<KnownBug> knownBug() {
    return causes.stream().filter(cause -> cause.fixedIn().isPresent()).findFirst();
  }

  /** The version that fixes the known bug. */
  public Optional<String> fixedIn() {
    return knownBug().flatMap(KnownBug::fixedIn);
  }
}
