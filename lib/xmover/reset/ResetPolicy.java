package xmover.reset;

import java.time.Duration;

/**
 * How a reset waits.
 *
 * @param maxWait how long to wait for the leases at most; then restore, cleared or not
 * @param leaseSync whether CrateDB is asked to sync the leases
 */
public record ResetPolicy(Duration maxWait, Backoff backoff, boolean leaseSync) {
  public ResetPolicy {
    if (maxWait.isNegative() || maxWait.isZero()) {
      throw new IllegalArgumentException("the longest wait is above 0");
    }
  }
}
