package xmover.gates.view;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One look at the health of the cluster.
 *
 * @param colour GREEN, YELLOW or RED; empty when nothing could be read
 * @param missingPrimaries shards without any copy in service
 * @param nodes every node that belongs to the cluster
 * @param silent those of them that do not answer, as a frozen one
 * @param failure why nothing could be read; empty when it could
 */
public record HealthReading(
    Instant at,
    String colour,
    long missingPrimaries,
    Set<String> nodes,
    Set<String> silent,
    String failure) {
  static final String RED = "RED";
  private static final Set<String> COLOURS = Set.of("GREEN", "YELLOW", RED);

  public HealthReading {
    nodes = Set.copyOf(nodes);
    silent = Set.copyOf(silent);
  }

  public static HealthReading failed(Instant at, String failure) {
    return new HealthReading(at, "", 0, Set.of(), Set.of(), failure);
  }

  /** Whether it says how well the cluster is; a node that is silent might know otherwise. */
  boolean isRead() {
    return COLOURS.contains(colour) && silent.isEmpty() && failure.isEmpty();
  }

  boolean isRed() {
    return colour.equals(RED);
  }

  /** What is wrong; empty when all is well. YELLOW is well: our own tables are recovering. */
  Optional<String> trouble() {
    if (!failure.isEmpty()) {
      return Optional.of("the health could not be read: " + failure);
    }
    if (isRed() || missingPrimaries > 0) {
      return Optional.of(
          "the cluster is RED: %d primaries are missing".formatted(missingPrimaries));
    }
    if (!silent.isEmpty()) {
      return Optional.of(String.join(", ", new TreeSet<>(silent)) + " does not answer");
    }
    return COLOURS.contains(colour)
        ? Optional.empty()
        : Optional.of("the health is unknown: '" + colour + "'");
  }
}
