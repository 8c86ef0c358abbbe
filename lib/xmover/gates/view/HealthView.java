package xmover.gates.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The latest looks at the health of the cluster.
 *
 * @param now when this is judged
 * @param readings oldest first
 * @param nodesAtStart the nodes of the cluster when the run began
 */
public record HealthView(Instant now, List<HealthReading> readings, Set<String> nodesAtStart) {
  /** So many readings in a row have to agree: a node that comes back shows a stale GREEN. */
  static final int READINGS = 3;

  /** And so far apart the first and the last of them. */
  public static final Duration SPAN = Duration.ofSeconds(2);

  /** An older reading says nothing of now. */
  static final Duration FRESH = Duration.ofSeconds(6);

  public HealthView {
    readings = List.copyOf(readings);
    nodesAtStart = Set.copyOf(nodesAtStart);
  }

  public Optional<HealthReading> newest() {
    return readings.isEmpty() ? Optional.empty() : Optional.of(readings.get(readings.size() - 1));
  }

  boolean isFresh() {
    return newest().filter(r -> age(r).compareTo(FRESH) <= 0).isPresent();
  }

  private Duration age(HealthReading reading) {
    return Duration.between(reading.at(), now);
  }

  /** True when the latest readings agree, for long enough, that all is well or that it is not. */
  boolean isSettled() {
    return streak(true).isLong() || streak(false).isLong();
  }

  /** Whether what is wrong was read, and not too little was. */
  public boolean isTroubleSeen() {
    return isFresh() && newest().filter(r -> r.isRead() && trouble(r).isPresent()).isPresent();
  }

  /** What is wrong; empty when the latest readings agree, for long enough, that all is well. */
  public Optional<String> trouble() {
    if (newest().isEmpty()) {
      return Optional.of("the health was never read");
    }
    if (!isFresh()) {
      return Optional.of(
          "the health was last read %d s ago".formatted(age(newest().get()).toSeconds()));
    }
    Streak good = streak(true);
    if (good.isLong()) {
      return Optional.empty();
    }
    return newest()
        .flatMap(this::trouble)
        .or(() -> Optional.of("the health is well only for %d readings".formatted(good.count)));
  }

  private Optional<String> trouble(HealthReading reading) {
    var gone = new TreeSet<>(nodesAtStart);
    gone.removeAll(reading.nodes());
    return reading
        .trouble()
        .or(
            () ->
                reading.nodes().size() < nodesAtStart.size()
                    ? Optional.of(String.join(", ", gone) + " left the cluster since the run began")
                    : Optional.empty());
  }

  private record Streak(int count, Duration span) {
    boolean isLong() {
      return count >= READINGS && span.compareTo(SPAN) >= 0;
    }
  }

  /** How many of the latest readings in a row are good, or are bad. */
  private Streak streak(boolean good) {
    int from = readings.size();
    while (from > 0 && trouble(readings.get(from - 1)).isEmpty() == good) {
      from--;
    }
    int count = readings.size() - from;
    return count == 0
        ? new Streak(0, Duration.ZERO)
        : new Streak(count, Duration.between(readings.get(from).at(), newest().orElseThrow().at()));
  }
}
