package xmover.environment;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Time for tests with real sockets: whoever waits has waited at once, and how long is remembered.
 * Alarms don't ring.
 */
public final class SkippingTimers implements Timers {
  private final List<Duration> skipped = new CopyOnWriteArrayList<>();

  @Override
  public Instant now() {
    return Instant.EPOCH.plus(skipped.stream().reduce(Duration.ZERO, Duration::plus));
  }

  @Override
  public Future<Void> after(Duration delay) {
    skipped.add(delay);
    return Future.succeededFuture();
  }

  @Override
  public Alarm alarm(Duration delay, Runnable ring) {
    return () -> {};
  }

  /** How long was waited, each time. */
  public List<Duration> skipped() {
    return List.copyOf(skipped);
  }
}
