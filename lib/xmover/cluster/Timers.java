package xmover.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;

/** The passing of time, so that a test can let hours pass in milliseconds. */
public interface Timers {
  Instant now();

  /** Completes when the delay has passed. */
  Future<Void> after(Duration delay);

  /** Real time. */
  static Timers of(Vertx vertx) {
    return new Timers() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public Future<Void> after(Duration delay) {
        // Vert.x takes no timer below a millisecond.
        return vertx.timer(Math.max(1, delay.toMillis())).mapEmpty();
      }
    };
  }
}
