package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.SimTable;

/**
 * Moves copies for a better balance, unless that is off: the primaries of a table that lost its
 * replicas, at once, and another copy in exchange for one that was moved by hand. A moving primary
 * keeps its old leases.
 */
public final class Rebalancing {
  private static final long START_MILLIS = 200;

  private final ClusterModel cluster;
  private final Allocation allocation;
  private final Moves moves;
  private final double probability;
  private final long durationMillis;

  public Rebalancing(
      ClusterModel cluster,
      Allocation allocation,
      Moves moves,
      double probability,
      long durationMillis) {
    this.cluster = cluster;
    this.allocation = allocation;
    this.moves = moves;
    this.probability = probability;
    this.durationMillis = durationMillis;
  }

  /** To be called when a partition lost replicas. */
  public void replicasDropped(SimPartition partition) {
    for (SimShard shard : partition.shards()) {
      if (cluster.random().nextDouble() < probability) {
        cluster.timeline().after(START_MILLIS, () -> rebalance(shard.primary()));
      }
    }
  }

  private void rebalance(SimCopy primary) {
    if (allocation.rules().mayRebalance(primary)) {
      moves.start(primary, durationMillis);
    }
  }

  /** To be called when a copy was sent from one node to another. */
  public void copyMoved(SimCopy moved, SimNode from, SimNode to) {
    if (probability > 0 && cluster.random().nextDouble() < probability) {
      cluster.timeline().after(START_MILLIS, () -> exchange(moved, from, to));
    }
  }

  private void exchange(SimCopy moved, SimNode from, SimNode to) {
    cluster
        .tables()
        .flatMap(SimTable::copies)
        .filter(copy -> copy.shard() != moved.shard() && copy.node() == to)
        .filter(copy -> copy.state() == SimCopy.State.STARTED)
        .filter(copy -> allocation.rules().mayRebalance(copy))
        .filter(copy -> allocation.rules().allow(copy, from))
        .findFirst()
        .ifPresent(copy -> moves.start(copy, from, durationMillis));
  }
}
