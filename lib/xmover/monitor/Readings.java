package xmover.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one number of bytes was within the last hour, or at the last two readings where those are
 * further apart. Of many readings some 24 are kept, so that a monitor may run for months.
 */
final class Readings {
  private static final Duration KEPT = Duration.ofHours(1);

  /** At least so much time is between two that are kept; the newest replaces one that is nearer. */
  static final Duration APART = KEPT.dividedBy(24);

  private final List<Reading> kept = new ArrayList<>();

  private record Reading(Instant at, long bytes) {}

  Readings(Instant at, long bytes) {
    kept.add(new Reading(at, bytes));
  }

  /** One more, not before the last one. */
  void add(Instant at, long bytes) {
    int newest = kept.size() - 1;
    if (newest > 0 && kept.get(newest).at().isBefore(kept.get(newest - 1).at().plus(APART))) {
      kept.remove(newest);
    }
    kept.add(new Reading(at, bytes));
    while (kept.size() > 2 && first().at().isBefore(at.minus(KEPT))) {
      kept.remove(0);
    }
  }

  /** When the first of them was. */
  Instant since() {
    return first().at();
  }

  /** The first of them. */
  long firstBytes() {
    return first().bytes();
  }

  /** The newest. */
  long bytes() {
    return last().bytes();
  }

  /**
   * Bytes an hour from the first to the newest, below 0 where it fell; empty where no time went by.
   */
  Optional<Double> hourly() {
    return Growth.hourly(first().at(), first().bytes(), last().at(), last().bytes());
  }

  /** True where they are too near each other to tell more than how a disk goes up and down. */
  boolean areNear() {
    return last().at().isBefore(first().at().plus(APART));
  }

  private Reading first() {
    return kept.get(0);
  }

  private Reading last() {
    return kept.get(kept.size() - 1);
  }
}
