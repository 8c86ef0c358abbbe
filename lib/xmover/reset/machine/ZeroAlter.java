package xmover.reset.machine;

/** What is known of the ALTERs that set a table to 0 replicas, the worst of them last. */
public enum ZeroAlter {
  /** None has left. */
  NEVER_LEFT,
  /** The server refused each of them; even that has been seen to be wrong. */
  REFUSED,
  /** The catalogue showed 0, so the last one has been applied. */
  SEEN,
  /** One was answered well, but 0 was not seen yet: it may show later. */
  ANSWERED,
  /** The answer of one was lost, and 0 was not seen: it may be applied at any time. */
  LOST;

  /** The worse of both. */
  public ZeroAlter or(ZeroAlter other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** After the catalogue has shown 0: what was answered has been applied by then. */
  public ZeroAlter seen() {
    return this == LOST ? LOST : SEEN;
  }

  /** Whether one of them may be applied after this. */
  boolean mayLandLater() {
    return this == ANSWERED || this == LOST;
  }

  /** Whether the table may have been at 0 because of them. */
  public boolean mayHaveBeenApplied() {
    return compareTo(SEEN) >= 0;
  }
}
