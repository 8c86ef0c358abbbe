package xmover.cluster;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How often something is tried, and how long is waited in between.
 *
 * @param attempts how often at most, the first try included
 * @param first the wait after the first failure
 * @param factor by what each further wait is longer
 * @param longest no wait is longer, before jitter
 * @param jitter the share of a wait that is left to chance: 0.5 makes 10 s anything from 5 s to 15
 *     s
 */
public record RetryPolicy(
    int attempts, Duration first, double factor, Duration longest, double jitter) {
  /** For a statement that failed on the server: 3 attempts, 5 s apart. */
  public static final RetryPolicy STATEMENT =
      new RetryPolicy(3, Duration.ofSeconds(5), 1, Duration.ofSeconds(5), 0);

  /** For a connection: 5 attempts, 0.5 s doubling to 4 s apart, half more or less by chance. */
  public static final RetryPolicy CONNECTION =
      new RetryPolicy(5, Duration.ofMillis(500), 2, Duration.ofSeconds(8), 0.5);

  /** For putting replicas back: 12 attempts, 1 s doubling to 60 s apart: 6 minutes. */
  public static final RetryPolicy RESTORE =
      new RetryPolicy(12, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0);

  public RetryPolicy {
    if (attempts < 1 || factor < 1 || jitter < 0 || jitter > 1 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("no retry policy: " + attempts + " attempts");
    }
  }

  /** The wait after a number of failed attempts; chance gives a number from 0 to 1. */
  public Duration delay(int failed, DoubleSupplier chance) {
    double millis =
        Math.min((double) longest.toMillis(), first.toMillis() * Math.pow(factor, failed - 1));
    double share = 1 + jitter * (2 * chance.getAsDouble() - 1);
    return Duration.ofMillis(Math.round(millis * share));
  }
}
