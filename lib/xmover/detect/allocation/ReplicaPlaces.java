package xmover.detect.allocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import xmover.detect.CopyState;
import xmover.detect.allocation.Deciders.Objection;
import xmover.detect.allocation.Deciders.Occupancy;

/**
 * Finds nodes for the replicas of a table as if they were dropped and built anew: each goes back to
 * its node where CrateDB's deciders allow that, else to the allowed node with the fewest shards.
 */
public final class ReplicaPlaces {
  /**
   * A replica that no node would take.
   *
   * @param objections what each node has against it that holds no other copy of the shard
   */
  public record Homeless(long shard, Map<String, Objection> objections) {}

  private final Deciders deciders;
  private final Map<String, Long> ofTable = new HashMap<>();
  private final Map<String, Long> ofAll;
  private final Map<Long, Shard> shards = new TreeMap<>();
  private final List<CopyState> leaving = new ArrayList<>();

  /** One shard while its replicas are placed. */
  private record Shard(long copies, Optional<String> primary, Set<String> holding) {}

  /**
   * @param copies every copy of the table or partition
   * @param shardsByNode shards of all tables by node, these copies included
   */
  public ReplicaPlaces(Deciders deciders, List<CopyState> copies, Map<String, Long> shardsByNode) {
    this.deciders = deciders;
    this.ofAll = new HashMap<>(shardsByNode);
    copies.stream()
        .collect(Collectors.groupingBy(CopyState::id))
        .forEach((shard, of) -> shards.put(shard, emptied(of)));
    shards.replaceAll((id, shard) -> shard.primary().map(p -> driven(shard, p)).orElse(shard));
  }

  /** A replica that would stay UNASSIGNED; empty when all that have a node now would have one. */
  public Optional<Homeless> homeless() {
    List<CopyState> elsewhere = new ArrayList<>();
    for (CopyState replica : leaving) {
      Shard shard = shard(replica);
      deciders.nodes().stream()
          .filter(node -> replica.node().equals(Optional.of(node.name())))
          .filter(node -> !shard.holding().contains(node.name()))
          .filter(node -> deciders.against(node, now(shard)).isEmpty())
          .findFirst()
          .ifPresentOrElse(node -> place(shard, node.name()), () -> elsewhere.add(replica));
    }
    return elsewhere.stream().map(this::placeElsewhere).flatMap(Optional::stream).findFirst();
  }

  private Shard emptied(List<CopyState> copies) {
    Optional<String> primary =
        copies.stream()
            .filter(CopyState::primary)
            .flatMap(copy -> copy.node().stream())
            .findFirst();
    primary.ifPresent(node -> ofTable.merge(node, 1L, Long::sum));
    copies.stream().filter(copy -> !copy.primary() && copy.node().isPresent()).forEach(this::leave);
    return new Shard(copies.size(), primary, new HashSet<>(primary.stream().toList()));
  }

  /**
   * A primary that may not stay moves as soon as the replicas are gone, also to where one of them
   * was: then that node takes no replica.
   */
  private Shard driven(Shard shard, String primary) {
    boolean stays =
        deciders.nodes().stream().noneMatch(n -> n.name().equals(primary) && !deciders.mayStay(n));
    return stays
        ? shard
        : emptiest(allowed(shard, new LinkedHashMap<>()))
            .map(
                node -> {
                  ofTable.merge(primary, -1L, Long::sum);
                  ofAll.merge(primary, -1L, Long::sum);
                  var moved = new Shard(shard.copies(), Optional.of(node), new HashSet<>());
                  place(moved, node);
                  return moved;
                })
            .orElse(shard);
  }

  private void leave(CopyState replica) {
    ofAll.merge(replica.node().orElseThrow(), -1L, Long::sum);
    leaving.add(replica);
  }

  private Optional<Homeless> placeElsewhere(CopyState replica) {
    Shard shard = shard(replica);
    Map<String, Objection> objections = new LinkedHashMap<>();
    Optional<String> node = emptiest(allowed(shard, objections));
    node.ifPresent(found -> place(shard, found));
    return node.isPresent()
        ? Optional.empty()
        : Optional.of(new Homeless(replica.id(), objections));
  }

  private List<String> allowed(Shard shard, Map<String, Objection> objections) {
    List<String> allowed = new ArrayList<>();
    for (ClusterNode node : deciders.nodes()) {
      if (!shard.holding().contains(node.name())) {
        deciders
            .against(node, now(shard))
            .ifPresentOrElse(
                objection -> objections.put(node.name(), objection),
                () -> allowed.add(node.name()));
      }
    }
    return allowed;
  }

  private Optional<String> emptiest(List<String> names) {
    return names.stream()
        .min(
            Comparator.comparing((String node) -> ofTable.getOrDefault(node, 0L))
                .thenComparing(node -> ofAll.getOrDefault(node, 0L)));
  }

  private void place(Shard shard, String node) {
    shard.holding().add(node);
    ofTable.merge(node, 1L, Long::sum);
    ofAll.merge(node, 1L, Long::sum);
  }

  private Occupancy now(Shard shard) {
    return new Occupancy(shard.copies(), shard.holding(), shard.primary(), ofTable, ofAll);
  }

  private Shard shard(CopyState replica) {
    return Objects.requireNonNull(shards.get(replica.id()));
  }
}
