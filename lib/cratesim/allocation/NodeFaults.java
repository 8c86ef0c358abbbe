package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimShard;

/** Nodes that freeze, die and come back, and what that does to the copies on them. */
public final class NodeFaults {
  /** So long the others wait for a node that does not answer. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final ClusterModel cluster;
  private final Allocation allocation;

  public NodeFaults(ClusterModel cluster, Allocation allocation) {
    this.cluster = cluster;
    this.allocation = allocation;
  }

  public void freeze(SimNode node) {
    node.become(SimNode.State.FROZEN);
    cluster
        .timeline()
        .after(
            PATIENCE_MILLIS,
            () -> {
              if (node.state() == SimNode.State.FROZEN) {
                kill(node);
              }
            });
  }

  public void kill(SimNode node) {
    node.become(SimNode.State.DOWN);
    cluster.partitions().flatMap(p -> p.shards().stream()).forEach(shard -> lose(shard, node));
    allocation.fit();
  }

  public void revive(SimNode node) {
    node.become(SimNode.State.UP);
    allocation.fit();
    allocation.recoverUnassigned();
  }

  public void restart(long notRecoveredMillis) {
    cluster.restart();
    cluster.timeline().after(notRecoveredMillis, cluster::recover);
  }

  private void lose(SimShard shard, SimNode node) {
    boolean primaryLost = shard.primary().node() == node;
    for (SimCopy copy : shard.copies()) {
      SimNode target = copy.relocatingTo();
      if (target != null && (target == node || primaryLost)) {
        copy.stay(cluster.now());
        target = null;
      }
      if (copy.node() == node) {
        copy.unassign(cluster.now());
        if (target != null) {
          allocation.recover(copy, target);
        }
      }
    }
    if (primaryLost) {
      shard.promoteAnother();
    }
  }
}
