package xmover.reset;

import java.time.Duration;

/**
 * How much a run takes on.
 *
 * @param concurrent tables reset at the same time
 * @param maxTables tables reset in all; the worst ones
 * @param batchSize tables after which the run pauses
 */
public record RunLimits(int concurrent, int maxTables, int batchSize, Duration batchPause) {
  /** One table after the other, all of them, no pauses. */
  public static final RunLimits DEFAULT =
      new RunLimits(1, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);

  public RunLimits {
    if (concurrent < 1 || maxTables < 1 || batchSize < 1 || batchPause.isNegative()) {
      throw new IllegalArgumentException("limits of a run are above 0");
    }
  }
}
