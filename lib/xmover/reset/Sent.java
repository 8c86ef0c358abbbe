package xmover.reset;

/** What became of the statements that set a table to 0 replicas, as far as anybody can tell. */
public enum Sent {
  /** None has left. */
  NOTHING,
  /** The server refused each of them; even that has been seen to be wrong. */
  REFUSED,
  /** One of them was answered, or its answer was lost. */
  MAYBE_APPLIED;

  /** The worse of both. */
  Sent or(Sent other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
