package xmover.rebalance;

import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;

/** Rebalancing can't be held, so no table was touched. */
public final class HoldRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private HoldRefused(String message, Throwable cause) {
    super(message, cause);
  }

  static HoldRefused because(Throwable failure) {
    String said = ClusterFailure.sentence(failure);
    boolean privilege = failure instanceof ClusterFailure f && f.kind() == Kind.PRIVILEGE;
    return new HoldRefused(
        privilege
            ? "--hold-rebalance needs the privilege AL; get it, or go without it. No table was"
                + " touched. "
                + said
            : "rebalancing can't be switched off for --hold-rebalance, so no table was touched: "
                + said,
        failure);
  }
}
