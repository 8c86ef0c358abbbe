package xmover.environment;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Time that stands still until a test moves it; then every timer due by then goes off, in order and
 * each at its own time, on the test's thread.
 */
public final class SteppedTimers implements Timers, InstantSource {
  private static final Instant START = Instant.parse("2024-01-15T10:30:00Z");

  private record Due(Instant at, long number, Promise<Void> timer) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private final List<Duration> asked = new ArrayList<>();
  private Instant now = START;
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
    asked.add(delay);
    return at(delay);
  }

  @Override
  public Alarm alarm(Duration delay, Runnable ring) {
    Promise<Void> timer = Promise.promise();
    timer.future().onSuccess(due -> ring.run());
    var due = new Due(now.plus(delay), count++, timer);
    queue.add(due);
    return () -> queue.remove(due);
  }

  /** The same for what only a test waits for: {@link #asked} does not tell it. */
  public Future<Void> at(Duration delay) {
    Promise<Void> timer = Promise.promise();
    queue.add(new Due(now.plus(delay), count++, timer));
    return timer.future();
  }

  /** The same for a process that starts now, on a machine whose clock somebody may set. */
  public Timers startedOn(InstantSource timeOfDay) {
    var steady = new SteadyClock(timeOfDay, () -> passed().toNanos());
    return new Timers() {
      @Override
      public Instant now() {
        return steady.instant();
      }

      @Override
      public Future<Void> after(Duration delay) {
        return SteppedTimers.this.after(delay);
      }

      @Override
      public Alarm alarm(Duration delay, Runnable ring) {
        return SteppedTimers.this.alarm(delay, ring);
      }
    };
  }

  /** Every delay that was asked for, in order. */
  public List<Duration> asked() {
    return List.copyOf(asked);
  }

  /** How many timers have not gone off yet. */
  public int pending() {
    return queue.size();
  }

  public Duration passed() {
    return Duration.between(START, now);
  }

  /** Lets this much time pass. */
  public void advance(Duration time) {
    Instant end = now.plus(time);
    while (!queue.isEmpty() && !queue.element().at().isAfter(end)) {
      next();
    }
    now = end;
  }

  /** Lets time pass until the result is there. */
  public <T> T run(Future<T> future) {
    while (!future.isComplete()) {
      if (queue.isEmpty()) {
        throw new AssertionError("nothing is left to wait for, and no result");
      }
      next();
    }
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  /** Lets time pass until nobody waits for it any more. */
  public void run() {
    while (!queue.isEmpty()) {
      next();
    }
  }

  private void next() {
    Due due = queue.remove();
    now = due.at().isAfter(now) ? due.at() : now;
    due.timer().complete();
  }
}
