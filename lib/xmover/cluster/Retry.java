package xmover.cluster;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import xmover.environment.Timers;

/**
 * One of the attempts that a policy allows, and the way to the next.
 *
 * @param attempt which one it is, counted from 1
 */
public record Retry(RetryPolicy policy, Timers timers, DoubleSupplier chance, int attempt) {
  /** The first attempt; the waits after it are as long as the policy has them. */
  public static Retry first(RetryPolicy policy, Timers timers) {
    return new Retry(policy, timers, () -> 0.5, 1);
  }

  public boolean isLast() {
    return attempt >= policy.attempts();
  }

  /** How long to wait once this attempt has failed. */
  public Duration delay() {
    return policy.delay(attempt, chance);
  }

  /** Waits, and makes the next attempt. */
  public <T> Future<T> again(Function<Retry, Future<T>> next) {
    return timers
        .after(delay())
        .compose(waited -> next.apply(new Retry(policy, timers, chance, attempt + 1)));
  }
}
