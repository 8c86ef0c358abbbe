package xmover.reset.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a reset waits.
 *
 * @param maxWait how long to wait for the leases at most; then restore, cleared or not
 * @param maxExposure how long a table may be at zero replicas; then restore, cleared or not
 * @param leaseSync whether CrateDB is asked to sync the leases
 */
public record ResetPolicy(
    Duration maxWait, Optional<Duration> maxExposure, Backoff backoff, boolean leaseSync) {
  public ResetPolicy {
    if (maxWait.isNegative() || maxWait.isZero()) {
      throw new IllegalArgumentException("the longest wait is above 0");
    }
    if (maxExposure.filter(limit -> limit.isNegative() || limit.isZero()).isPresent()) {
      throw new IllegalArgumentException("the longest exposure is above 0");
    }
  }

  /** How long a table is at zero replicas at most, by its wait alone. */
  public Duration longestWait() {
    return maxExposure.filter(limit -> limit.compareTo(maxWait) < 0).orElse(maxWait);
  }

  /** How many looks at the leases there are in that time, for a table of so many primaries. */
  public int attempts(long primaries) {
    return backoff.attempts(longestWait(), primaries);
  }

  /**
   * When the wait for the leases ends.
   *
   * @param zeroSince when the table came to be at risk
   * @param now when the wait begins
   */
  public Instant deadline(Instant zeroSince, Instant now) {
    Instant waited = now.plus(maxWait);
    return maxExposure
        .map(zeroSince::plus)
        .filter(exposed -> exposed.isBefore(waited))
        .orElse(waited);
  }
}
