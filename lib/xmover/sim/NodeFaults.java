package xmover.sim;

import java.util.List;

/** Nodes that freeze, die and come back, and what that does to the copies on them. */
final class NodeFaults {
  /** So long the others wait for a node that does not answer. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final ClusterModel cluster;
  private final Allocation allocation;

  NodeFaults(ClusterModel cluster, Allocation allocation) {
    this.cluster = cluster;
    this.allocation = allocation;
  }

  void freeze(SimNode node) {
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

  void kill(SimNode node) {
    node.become(SimNode.State.DOWN);
    cluster.partitions().flatMap(p -> p.shards().stream()).forEach(shard -> lose(shard, node));
    allocation.fit();
  }

  void revive(SimNode node) {
    node.become(SimNode.State.UP);
    allocation.fit();
    allocation.recoverUnassigned();
  }

  void restart(long notRecoveredMillis) {
    cluster.restart();
    cluster.timeline().after(notRecoveredMillis, cluster::recover);
  }

  private void lose(SimShard shard, SimNode node) {
    List<SimCopy> copies = shard.copies();
    for (SimCopy copy : List.copyOf(copies)) {
      if (copy.node() == node || copy.relocatingTo() == node) {
        copy.unassign(cluster.now());
      }
    }
    SimCopy primary = shard.primary();
    copies.stream()
        .filter(SimCopy::isActive)
        .filter(heir -> primary.state() == SimCopy.State.UNASSIGNED)
        .findFirst()
        .ifPresent(
            heir -> {
              primary.demote();
              heir.promote();
              copies.remove(heir);
              copies.add(0, heir);
            });
  }
}
