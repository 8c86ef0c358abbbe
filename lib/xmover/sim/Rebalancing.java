package xmover.sim;

/**
 * Dropped replicas free balance weight, so the cluster may move primaries at once, unless
 * rebalancing is off. A moving primary keeps its old leases.
 */
final class Rebalancing {
  private static final long START_MILLIS = 200;

  private final ClusterModel cluster;
  private final Allocation allocation;
  private final LeaseSync leases;
  private final double probability;
  private final long durationMillis;

  Rebalancing(
      ClusterModel cluster,
      Allocation allocation,
      LeaseSync leases,
      double probability,
      long durationMillis) {
    this.cluster = cluster;
    this.allocation = allocation;
    this.leases = leases;
    this.probability = probability;
    this.durationMillis = durationMillis;
  }

  /** To be called when a partition lost replicas. */
  void replicasDropped(SimPartition partition) {
    for (SimShard shard : partition.shards()) {
      if (cluster.random().nextDouble() < probability) {
        cluster.timeline().after(START_MILLIS, () -> rebalance(shard.primary()));
      }
    }
  }

  private void rebalance(SimCopy primary) {
    if (allocation.rules().mayRebalance(primary)) {
      relocate(primary, durationMillis);
    }
  }

  long durationMillis() {
    return durationMillis;
  }

  /** Moves a copy to another node, if one may take it, whether rebalancing is on or not. */
  void relocate(SimCopy copy, long millis) {
    if (copy.state() != SimCopy.State.STARTED) {
      return;
    }
    allocation.free(copy).stream()
        .findFirst()
        .ifPresent(
            target -> {
              copy.relocate(target, cluster.now());
              long began = copy.since();
              cluster.timeline().after(millis, () -> arrive(copy, began));
            });
  }

  private void arrive(SimCopy copy, long began) {
    SimNode target = copy.relocatingTo();
    if (copy.since() == began && target != null) {
      copy.arrive(cluster.now());
      copy.shard().addLease(target);
      leases.watch(copy.shard());
    }
  }
}
