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
  /** All tables without pauses, so many at a time. */
  public static RunLimits concurrent(int tables) {
    return new RunLimits(tables, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
  }

  public RunLimits {
    if (concurrent < 1 || maxTables < 1 || batchSize < 1 || batchPause.isNegative()) {
      throw new IllegalArgumentException("limits of a run are above 0");
    }
  }
}
