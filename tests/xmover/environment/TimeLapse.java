package xmover.environment;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that goes by some times as fast, for all who share it: a tick of 1 s takes 0.1 s. */
public final class TimeLapse implements InstantSource {
  private final int factor;
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  public TimeLapse() {
    this(10);
  }

  public TimeLapse(int factor) {
    this.factor = factor;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(factor * (System.nanoTime() - startNanos));
  }

  public Timers timers(Vertx vertx) {
    Timers real = Timers.of(vertx, this);
    return new Timers() {
      @Override
      public Instant now() {
        return real.now();
      }

      @Override
      public Future<Void> after(Duration delay) {
        return real.after(delay.dividedBy(factor));
      }

      @Override
      public Alarm alarm(Duration delay, Runnable ring) {
        return real.alarm(delay.dividedBy(factor), ring);
      }
    };
  }
}
