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
        cluster.timeline().after(START_MILLIS, () -> relocate(shard.primary()));
      }
    }
  }

  private void relocate(SimCopy primary) {
    if (primary.state() != SimCopy.State.STARTED
        || cluster.settings().is(ClusterSettings.REBALANCE, "none")) {
      return;
    }
    allocation.free(primary.shard()).stream()
        .findFirst()
        .ifPresent(
            target -> {
              primary.relocate(target, cluster.now());
              long began = primary.since();
              cluster.timeline().after(durationMillis, () -> arrive(primary, began));
            });
  }

  private void arrive(SimCopy primary, long began) {
    SimNode target = primary.relocatingTo();
    if (primary.since() == began && target != null) {
      primary.arrive(cluster.now());
      primary.shard().addLease(target);
      leases.watch(primary.shard());
    }
  }
}
