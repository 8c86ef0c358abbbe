package xmover.reset.machine;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long to wait between two looks at the leases of a table. */
public sealed interface Backoff {
  /**
   * The wait before the next look.
   *
   * @param looks how many there were; 1 at least
   * @param waited how long it is since the leases are waited for
   * @param primaries how many shards have to lose their leases
   */
  Duration delay(int looks, Duration waited, long primaries);

  /** How many waits fit into the longest wait: the N of "attempt 1/N". */
  default int attempts(Duration longest, long primaries) {
    int attempts = 0;
    for (Duration waited = Duration.ZERO; waited.compareTo(longest) < 0; attempts++) {
      waited = waited.plus(delay(attempts + 1, waited, primaries));
    }
    return attempts;
  }

  /** Given delays, one after the other; the last one is repeated. */
  record Ladder(List<Duration> delays) implements Backoff {
    /** The handbook's, in seconds. */
    public static final Ladder HANDBOOK =
        new Ladder(
            Stream.of(10, 15, 30, 45, 60, 90, 135, 200, 300, 450, 720)
                .map(Duration::ofSeconds)
                .toList());

    public Ladder {
      delays = List.copyOf(delays);
      if (delays.isEmpty() || delays.stream().anyMatch(d -> d.isNegative() || d.isZero())) {
        throw new IllegalArgumentException("a backoff has delays above 0");
      }
    }

    @Override
    public Duration delay(int looks, Duration waited, long primaries) {
      return delays.get(Math.min(looks, delays.size()) - 1);
    }
  }

  /** Doubling from the first delay up to the longest. */
  record Exponential(Duration first, Duration longest) implements Backoff {
    public Exponential {
      if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "an exponential backoff goes from a delay above 0 up to one that is no shorter");
      }
    }

    @Override
    public Duration delay(int looks, Duration waited, long primaries) {
      Duration delay = first;
      for (int i = 1; i < looks && delay.compareTo(longest) < 0; i++) {
        delay = delay.multipliedBy(2);
      }
      return delay.compareTo(longest) < 0 ? delay : longest;
    }
  }

  /**
   * Looks where the leases are likely to go. Each shard drops them at its own lease sync, at a
   * moment spread evenly over the interval, so a table is clear at the latest of its primaries'
   * moments. The looks are spread over the interval as that latest moment is; none comes before the
   * ladder's look of the same number, so that clearing within the interval never takes more looks
   * than the ladder.
   *
   * @param interval between two lease syncs: 30 s since CrateDB 6.0, 5 minutes before
   */
  record Adaptive(Duration interval) implements Backoff {
    /** A sync takes a moment, too. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    @Override
    public Duration delay(int looks, Duration waited, long primaries) {
      Duration left = lookAt(looks, primaries).minus(waited);
      return left.compareTo(MARGIN) < 0 ? MARGIN : left;
    }

    private Duration lookAt(int look, long primaries) {
      int last = ladderLooks();
      if (look >= last) {
        return interval.multipliedBy(look - last + 1L).plus(MARGIN);
      }
      double share = Math.pow((double) look / last, 2.0 / (primaries + 1));
      Duration likely = Duration.ofMillis(Math.round(interval.toMillis() * share));
      return likely.compareTo(ladder(look)) < 0 ? ladder(look) : likely;
    }

    /** How many looks the ladder needs until the interval is over. */
    private int ladderLooks() {
      int looks = 1;
      while (ladder(looks).compareTo(interval) < 0) {
        looks++;
      }
      return looks;
    }

    private static Duration ladder(int look) {
      Duration at = Duration.ZERO;
      for (int i = 1; i <= look; i++) {
        at = at.plus(Ladder.HANDBOOK.delay(i, at, 1));
      }
      return at;
    }
  }
}
