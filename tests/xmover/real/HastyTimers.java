package xmover.real;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import xmover.environment.TestEnvironment;
import xmover.environment.Timers;

/** Who waits has waited after a moment: its clock is set forward by the rest. Alarms are real. */
final class HastyTimers implements Timers {
  private static final Duration LONGEST = Duration.ofMillis(300);

  private final Timers real;
  private final AtomicReference<Duration> skipped = new AtomicReference<>(Duration.ZERO);

  HastyTimers(Vertx vertx) {
    this.real = TestEnvironment.realTime(vertx);
  }

  @Override
  public Instant now() {
    return real.now().plus(skipped.get());
  }

  @Override
  public Future<Void> after(Duration delay) {
    if (delay.compareTo(LONGEST) <= 0) {
      return real.after(delay);
    }
    return real.after(LONGEST)
        .onSuccess(waited -> skipped.accumulateAndGet(delay.minus(LONGEST), Duration::plus));
  }

  @Override
  public Alarm alarm(Duration delay, Runnable ring) {
    return real.alarm(delay, ring);
  }
}
