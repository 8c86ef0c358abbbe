package xmover.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import xmover.environment.Timers;

/** Time that jumps from one timer to the next, so that hours take milliseconds. One thread. */
final class SimulatedTime implements Timers, InstantSource {
  private record Timer(Instant at, long number, Promise<Void> due) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparing(Timer::number));
  private Instant now = Instant.parse("2024-01-15T10:30:00Z");
  private long count;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Future<Void> after(Duration delay) {
    Promise<Void> due = Promise.promise();
    timers.add(new Timer(now.plus(delay), count++, due));
    return due.future();
  }

  @Override
  public Alarm alarm(Duration delay, Runnable ring) {
    Promise<Void> due = Promise.promise();
    due.future().onSuccess(over -> ring.run());
    var timer = new Timer(now.plus(delay), count++, due);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  /** Lets time pass until no timer is left. */
  void run() {
    while (!timers.isEmpty()) {
      Timer next = timers.remove();
      now = next.at();
      next.due().complete();
    }
  }
}
