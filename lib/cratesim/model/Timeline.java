package cratesim.model;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is going to happen in the simulated cluster. Nothing runs by itself: whoever looks first
 * lets everything happen that is due by then, in order, each event at its own time.
 */
public final class Timeline {
  private record Event(long at, long number, Runnable action) {}

  private final InstantSource clock;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long count;

  public Timeline(InstantSource clock) {
    this.clock = clock;
    this.now = clock.millis();
  }

  /** Milliseconds since 1970; while an event happens, the time it was due. */
  long now() {
    return now;
  }

  public void after(long millis, Runnable action) {
    events.add(new Event(now + millis, count++, action));
  }

  public void advance() {
    long target = Math.max(now, clock.millis());
    Event next = events.peek();
    while (next != null && next.at <= target) {
      events.remove();
      now = Math.max(now, next.at);
      next.action.run();
      next = events.peek();
    }
    now = target;
  }
}
