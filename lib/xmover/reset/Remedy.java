package xmover.reset;

/** What can be done for a table whose replicas hold too much translog. */
public enum Remedy {
  /** Replicas to 0, wait for the leases, restore: helps in every case, with one copy meanwhile. */
  RESET,
  /**
   * {@code OPTIMIZE TABLE … WITH (flush = true)}: drops no copy, helps where nothing is missing.
   */
  FLUSH,
  /** {@code REROUTE CANCEL SHARD}: rebuilds one bad copy of a table that has more of them. */
  CANCEL,
  /** Nothing: by now no replica of it holds too much. */
  NONE
}
