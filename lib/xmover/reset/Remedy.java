package xmover.reset;

import java.util.Locale;

/** What can be done for a table whose replicas hold too much translog, the gentlest first. */
public enum Remedy {
  /** Nothing: by now no replica of it holds too much. */
  NONE,
  /**
   * {@code OPTIMIZE TABLE … WITH (flush = true)}: drops no copy, helps where nothing is missing.
   */
  FLUSH,
  /** {@code REROUTE MOVE SHARD}: builds a bad copy anew on another node; no copy is missing. */
  MOVE,
  /** {@code REROUTE CANCEL SHARD}: rebuilds a bad copy of a shard that has two others. */
  REBUILD,
  /** The same where the primary is all that is left meanwhile: one shard at one copy. */
  REBUILD_ALONE,
  /** Replicas to 0, wait for the leases, restore: all of the table at one copy meanwhile. */
  RESET;

  /** As {@code --remedy} takes it: {@code rebuild-alone}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether some shard has but one copy while it is applied. */
  public boolean exposes() {
    return this == REBUILD_ALONE || this == RESET;
  }
}
