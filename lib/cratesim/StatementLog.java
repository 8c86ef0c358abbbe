package cratesim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Every statement that arrived at the wire to be executed, whatever became of it: the proof of what
 * was, and was not, sent. Keeps the last 100,000. Thread-safe.
 */
public final class StatementLog {
  private static final int KEPT = 100_000;

  private final InstantSource clock;
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final List<Awaited> awaited = new ArrayList<>();

  private record Awaited(
      Predicate<String> words, AtomicInteger left, CompletableFuture<Void> came) {
    private void arrived(String text) {
      if (words.test(text) && left.decrementAndGet() <= 0) {
        came.complete(null);
      }
    }
  }

  /** One statement as it came. */
  public record Arrival(String user, String text, Instant time) {}

  public StatementLog(InstantSource clock) {
    this.clock = clock;
  }

  /** The time by which arrivals are noted. */
  public Instant now() {
    return clock.instant();
  }

  /** Takes down a statement. */
  public synchronized void arrived(String user, String text) {
    if (arrivals.size() == KEPT) {
      arrivals.removeFirst();
    }
    arrivals.addLast(new Arrival(user, text, clock.instant()));
    awaited.forEach(one -> one.arrived(text));
    awaited.removeIf(one -> one.came().isDone());
  }

  /** Completes when the nth statement has come in which the regular expression is found. */
  public synchronized CompletableFuture<Void> nth(String regex, int n) {
    var one = new Awaited(found(regex), new AtomicInteger(n), new CompletableFuture<>());
    arrivals.forEach(arrival -> one.arrived(arrival.text()));
    if (!one.came().isDone()) {
      awaited.add(one);
    }
    return one.came();
  }

  /** All that is kept, oldest first. */
  public synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** The texts in which the regular expression is found, whatever its case, oldest first. */
  public List<String> matching(String regex) {
    return arrivals().stream().map(Arrival::text).filter(found(regex)).toList();
  }

  private static Predicate<String> found(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).asPredicate();
  }
}
