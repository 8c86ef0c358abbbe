package xmover.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gives copies a place and lets them recover: UNASSIGNED, then INITIALIZING, then STARTED. */
final class Allocation {
  private final ClusterModel cluster;
  private final LeaseSync leases;
  private final long recoveryMillis;
  private final AllocationRules rules;

  Allocation(ClusterModel cluster, LeaseSync leases, long recoveryMillis) {
    this.cluster = cluster;
    this.leases = leases;
    this.recoveryMillis = recoveryMillis;
    this.rules = new AllocationRules(cluster);
  }

  /** Ranges such as 1-all follow the number of nodes that may take copies. */
  void fit() {
    cluster.partitions().forEach(this::fit);
  }

  /** Gives every shard as many copies as the partition's setting asks for. */
  void fit(SimPartition partition) {
    String setting = partition.settings().replicas();
    long nodes =
        cluster.members().stream().filter(n -> rules.byFilters(partition, n) == null).count();
    int wanted = 1 + ReplicaRange.replicas(setting, (int) nodes);
    for (SimShard shard : partition.shards()) {
      fit(shard, wanted);
    }
  }

  private void fit(SimShard shard, int wanted) {
    List<SimCopy> copies = shard.copies();
    cluster.countShards(wanted - copies.size());
    while (copies.size() > wanted) {
      SimCopy dropped = leastUseful(copies);
      dropped.vacate();
      copies.remove(dropped);
    }
    leases.watch(shard);
    while (copies.size() < wanted) {
      copies.add(new SimCopy(shard, false));
    }
    recoverUnassigned(shard);
  }

  private static SimCopy leastUseful(List<SimCopy> copies) {
    List<SimCopy> replicas = copies.subList(1, copies.size());
    return replicas.stream()
        .reduce((a, b) -> b.state().compareTo(a.state()) <= 0 ? b : a)
        .orElseThrow();
  }

  /** Commits the primary, and lets the replicas be built anew, as when a table is renamed. */
  void reopen(SimShard shard) {
    for (SimCopy copy : shard.copies()) {
      if (copy.isPrimary()) {
        copy.flush(cluster.now());
      } else {
        copy.unassign(cluster.now());
      }
    }
    recoverUnassigned(shard);
  }

  /** To be called whenever something changed that may let unassigned copies find a place. */
  void recoverUnassigned() {
    cluster.partitions().flatMap(p -> p.shards().stream()).forEach(this::recoverUnassigned);
  }

  private void recoverUnassigned(SimShard shard) {
    for (SimCopy copy : shard.copies()) {
      if (copy.state() == SimCopy.State.UNASSIGNED) {
        cluster.timeline().after(recoveryMillis / 4, () -> initialize(copy));
      }
    }
  }

  private void initialize(SimCopy copy) {
    SimShard shard = copy.shard();
    if (copy.state() != SimCopy.State.UNASSIGNED || !shard.copies().contains(copy)) {
      return;
    }
    StuckReplica stuck = shard.stuckReplica();
    if (stuck != null && stuck.refuses(copy)) {
      copy.holdBack(true);
    }
    placeFor(copy).ifPresent(node -> recover(copy, node, recoveryMillis - recoveryMillis / 4));
  }

  /** Lets a copy recover on a node for so long. */
  void recover(SimCopy copy, SimNode node, long millis) {
    copy.initialize(node, cluster.now());
    copy.shard().addLease(node);
    long began = copy.since();
    cluster.timeline().after(millis, () -> finish(copy, began));
  }

  private void finish(SimCopy copy, long began) {
    if (copy.state() == SimCopy.State.INITIALIZING && copy.since() == began) {
      copy.start(cluster.now());
      StuckReplica stuck = copy.shard().stuckReplica();
      if (stuck != null) {
        stuck.relapse(copy, cluster.now());
      }
      // A replica waits for its primary.
      recoverUnassigned(copy.shard());
    }
  }

  /** A primary only comes back where its data is; a replica needs a started primary. */
  private Optional<SimNode> placeFor(SimCopy copy) {
    SimShard shard = copy.shard();
    if (copy.isPrimary()) {
      return Optional.ofNullable(copy.home()).filter(node -> rules.allow(copy, node));
    }
    return shard.primary().isActive() ? free(copy).stream().findFirst() : Optional.empty();
  }

  AllocationRules rules() {
    return rules;
  }

  /** A node for the primary of a new table, which has to go somewhere here. */
  SimNode anyNode(SimCopy primary) {
    return free(primary).stream().findFirst().orElseGet(() -> cluster.members().get(0));
  }

  /** The nodes that may take the copy, each shard beginning at another one. */
  List<SimNode> free(SimCopy copy) {
    List<SimNode> nodes = new ArrayList<>(cluster.nodes());
    nodes.removeIf(node -> !rules.allow(copy, node));
    int turn = copy.shard().syncPhase();
    nodes.sort(Comparator.comparingInt(n -> Math.floorMod(cluster.nodes().indexOf(n) + turn, 7)));
    return nodes;
  }
}
