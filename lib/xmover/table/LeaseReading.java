package xmover.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One look at the retention leases of a table or partition whose replicas were dropped.
 *
 * @param primaries how many primaries the catalogue says there are
 * @param shards the primaries that were seen
 */
public record LeaseReading(long primaries, List<Shard> shards) {
  /** The source of the leases that copies hold; those of others stay when a copy goes. */
  public static final String PEER_RECOVERY = "peer recovery";

  /**
   * One primary.
   *
   * @param sources the source of each of its leases; empty when the shard reports none
   */
  public record Shard(long id, String node, String routingState, List<String> sources) {
    public Shard {
      sources = List.copyOf(sources);
    }

    private boolean isStarted() {
      return routingState.equals("STARTED");
    }

    private long peerRecoveryLeases() {
      return sources.stream().filter(PEER_RECOVERY::equals).count();
    }
  }

  public LeaseReading {
    shards = List.copyOf(shards);
  }

  /**
   * The one statement of the lease rule: every primary was seen and holds exactly one peer-recovery
   * lease, its own. Leases with another source, such as those of logical replication, stay through
   * a reset and do not count.
   */
  public boolean cleared() {
    return shards.size() == primaries && shards.stream().allMatch(s -> s.peerRecoveryLeases() == 1);
  }

  /** Peer-recovery leases on the primaries seen: as many as primaries once they are cleared. */
  public long leases() {
    return shards.stream().mapToLong(Shard::peerRecoveryLeases).sum();
  }

  /** The primaries that are not STARTED: while they move, their unused leases do not expire. */
  public List<Shard> relocating() {
    return shards.stream().filter(s -> !s.isStarted()).toList();
  }

  /** Whether every primary was seen STARTED, so that a lease sync reaches all of them. */
  public boolean allStarted() {
    return shards.size() == primaries && relocating().isEmpty();
  }

  /** What the leases wait for; empty when they are cleared. */
  public Optional<String> waitingFor() {
    if (cleared()) {
      return Optional.empty();
    }
    if (shards.size() < primaries) {
      return Optional.of(
          "a shard it can't see: %d of %d primaries are listed"
              .formatted(shards.size(), primaries));
    }
    if (!relocating().isEmpty()) {
      return Optional.of(
          relocating().stream()
              .map(s -> "primary %d on %s (%s)".formatted(s.id(), s.node(), s.routingState()))
              .collect(Collectors.joining(", ")));
    }
    return Optional.of("the lease sync tick" + foreign());
  }

  /** Leases of others never go by a sync; they are told so that nobody waits for them. */
  private String foreign() {
    String sources =
        shards.stream()
            .flatMap(s -> s.sources().stream())
            .filter(source -> !source.equals(PEER_RECOVERY))
            .distinct()
            .collect(Collectors.joining(", "));
    return sources.isEmpty() ? "" : " (foreign leases are not counted: " + sources + ")";
  }
}
