package xmover.gates.view;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.environment.Timers;

/** A look at the cluster that all tables share which ask for it while it is fresh. */
final class CachedReading<T> {
  private record Look<T>(Instant at, Future<Reading<T>> result) {
    boolean isOf(Duration fresh, Instant now) {
      return Duration.between(at, now).compareTo(fresh) < 0 && !isFailed();
    }

    /** What could not be read is worth another try. */
    private boolean isFailed() {
      return result.isComplete() && result.result().value().isEmpty();
    }
  }

  private final Timers timers;
  private final Duration fresh;
  private final Supplier<Future<Reading<T>>> look;
  private Optional<Look<T>> latest = Optional.empty();

  /**
   * @param look never fails
   */
  CachedReading(Timers timers, Duration fresh, Supplier<Future<Reading<T>>> look) {
    this.timers = timers;
    this.fresh = fresh;
    this.look = look;
  }

  /** What was seen, not longer ago than is fresh. */
  Future<Reading<T>> get() {
    Instant now = timers.now();
    Look<T> current =
        latest.filter(l -> l.isOf(fresh, now)).orElseGet(() -> new Look<>(now, look.get()));
    latest = Optional.of(current);
    return current.result();
  }
}
