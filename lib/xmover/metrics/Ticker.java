package xmover.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import xmover.environment.Timers;

/** Does something every ten seconds, the time in which StatsD servers and most scrapers think. */
final class Ticker {
  static final Duration PACE = Duration.ofSeconds(10);

  private final Timers timers;
  private final Runnable stroke;
  private Timers.@Nullable Alarm next;

  Ticker(Timers timers, Runnable stroke) {
    this.timers = timers;
    this.stroke = stroke;
  }

  void start() {
    next = timers.alarm(PACE, this::strike);
  }

  private void strike() {
    start();
    stroke.run();
  }

  void stop() {
    if (next != null) {
      next.cancel();
    }
  }
}
