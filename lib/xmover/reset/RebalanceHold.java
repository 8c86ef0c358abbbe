package xmover.reset;

import java.time.Instant;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.reset.machine.RunIdentity;

/**
 * That a run switched rebalancing off, and what it was before.
 *
 * @param original {@code cluster.routing.rebalance.enable} as it was in force
 */
public record RebalanceHold(RunIdentity run, String original, Instant at) {
  /** The setting of who may move no shard. */
  public static final String OFF = "none";

  /** What CrateDB does where nobody set anything. */
  private static final String DEFAULT = "all";

  public RebalanceHold {
    if (original.isBlank() || original.equals(OFF)) {
      throw new IllegalArgumentException("nothing to put rebalancing back to: '" + original + "'");
    }
  }

  /**
   * What puts it back. The default is put back by removing what was set, so that it is no value of
   * its own that would hide a later PERSISTENT one.
   */
  public Statement putBack() {
    return hides() ? Sql.setRebalance(original) : Sql.resetRebalance();
  }

  /** Whether it is put back as a TRANSIENT value, which a PERSISTENT one can't be seen behind. */
  public boolean hides() {
    return !original.equals(DEFAULT);
  }
}
