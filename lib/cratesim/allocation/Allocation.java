package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.LeaseSync;
import cratesim.model.ReplicaRange;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.StuckReplica;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives copies a place and lets them recover: UNASSIGNED, then INITIALIZING, then STARTED. */
public final class Allocation {
  private final ClusterModel cluster;
  private final LeaseSync leases;
  private final long recoveryMillis;
  private final @Nullable Long bytesPerSecond;
  private final AllocationRules rules;

  /**
   * @param recoveryMillis how long a copy takes from UNASSIGNED to STARTED, whatever its size
   * @param bytesPerSecond how fast its files or operations come; null when their size is no matter
   */
  public Allocation(
      ClusterModel cluster, LeaseSync leases, long recoveryMillis, @Nullable Long bytesPerSecond) {
    this.cluster = cluster;
    this.leases = leases;
    this.recoveryMillis = recoveryMillis;
    this.bytesPerSecond = bytesPerSecond;
    this.rules = new AllocationRules(cluster);
  }

  /** Ranges such as 1-all follow the number of nodes that may take copies. */
  public void fit() {
    cluster.partitions().forEach(this::fit);
  }

  /** Gives every shard as many copies as the partition's setting asks for. */
  public void fit(SimPartition partition) {
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
      SimCopy dropped = firstToGo(copies);
      dropped.vacate();
      copies.remove(dropped);
    }
    leases.watch(shard);
    while (copies.size() < wanted) {
      copies.add(new SimCopy(shard, false));
    }
    recoverUnassigned(shard);
  }

  /** Those without a place go first, then by the order of their nodes, sick or not. */
  private SimCopy firstToGo(List<SimCopy> copies) {
    return copies.stream()
        .skip(1)
        .min(Comparator.comparingInt(copy -> cluster.nodes().indexOf(copy.node())))
        .orElseThrow();
  }

  /** Commits the primary, and lets the replicas be built anew, as when a table is renamed. */
  public void reopen(SimShard shard) {
    for (SimCopy copy : shard.copies()) {
      if (copy.isPrimary()) {
        copy.operations().flush(cluster.now());
      } else {
        copy.unassign(cluster.now());
      }
    }
    recoverUnassigned(shard);
  }

  /** To be called whenever something changed that may let unassigned copies find a place. */
  public void recoverUnassigned() {
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
    placeFor(copy).ifPresent(node -> recover(copy, node));
  }

  /** Lets a copy recover on a node, in the time that takes. */
  void recover(SimCopy copy, SimNode node) {
    recover(copy, node, buildMillis(copy, node));
  }

  /** How long it takes to build the copy there: by files, or by operations over what it has. */
  public long buildMillis(SimCopy copy, SimNode node) {
    long millis = recoveryMillis - recoveryMillis / 4;
    if (bytesPerSecond == null) {
      return millis;
    }
    SimShard shard = copy.shard();
    long bytes =
        node == copy.files()
            ? shard.primary().operations().uncommitted(cluster.now())
            : shard.size();
    return millis + bytes * 1000 / bytesPerSecond;
  }

  /** Lets a copy recover on a node for so long. */
  void recover(SimCopy copy, SimNode node, long millis) {
    copy.initialize(node, cluster.now(), cluster.now() + millis);
    copy.shard().addLease(node);
    long began = copy.since();
    cluster.timeline().after(millis, () -> finish(copy, began));
  }

  private void finish(SimCopy copy, long began) {
    if (copy.state() == SimCopy.State.INITIALIZING && copy.since() == began) {
      if (!copy.canBeBuilt(cluster.now())) {
        copy.fail(cluster.now());
        recoverUnassigned(copy.shard());
        return;
      }
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
    if (!shard.primary().isActive()) {
      return Optional.empty();
    }
    List<SimNode> free = free(copy);
    return Optional.ofNullable(copy.files())
        .filter(free::contains)
        .or(() -> free.stream().findFirst());
  }

  public AllocationRules rules() {
    return rules;
  }

  /** A node for the primary of a new table, which has to go somewhere here. */
  public SimNode anyNode(SimCopy primary) {
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
