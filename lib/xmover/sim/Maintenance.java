package xmover.sim;

import java.util.List;
import xmover.sim.sql.Errors;
import xmover.sim.sql.Statement;

/** {@code OPTIMIZE TABLE} and {@code REROUTE CANCEL SHARD}. */
final class Maintenance {
  private final ClusterModel cluster;
  private final Targets targets;
  private final Allocation allocation;

  Maintenance(ClusterModel cluster, Targets targets, Allocation allocation) {
    this.cluster = cluster;
    this.targets = targets;
    this.allocation = allocation;
  }

  /**
   * From 5.10 on it syncs the retention leases first and then flushes, whatever its options say;
   * before, it flushes unless told not to.
   */
  void optimize(String user, Statement.Optimize optimize) throws SqlError {
    boolean sync = cluster.version().atLeast(5, 10);
    boolean flush = sync || !Boolean.FALSE.equals(optimize.options().get("flush"));
    for (Statement.Target target : optimize.targets()) {
      SimTable table = targets.table(user, target);
      for (SimPartition partition : Targets.partitions(table, target)) {
        Targets.checkOptimizable(table, partition.settings());
        partition.shards().forEach(shard -> optimize(shard, sync, flush));
      }
    }
  }

  private void optimize(SimShard shard, boolean sync, boolean flush) {
    if (sync) {
      shard.syncLeases();
    }
    for (SimCopy copy : shard.copies()) {
      if (flush && copy.state() == SimCopy.State.STARTED) {
        copy.flush(cluster.now());
      }
    }
  }

  void cancel(String user, Statement.CancelShard cancel) throws SqlError {
    SimTable table = targets.table(user, cancel.target());
    // CrateDB overlooks the clause where there are no partitions.
    List<SimPartition> partitions = table.partitions();
    if (table.isPartitioned()) {
      Targets.checkPartitionNamed(table, cancel.target());
      partitions = Targets.partitions(table, cancel.target());
    }
    SimNode node =
        cluster.members().stream()
            .filter(member -> isNamed(member, cancel.node()))
            .findFirst()
            .orElseThrow(() -> Errors.invalid("Node: '" + cancel.node() + "' could not be found"));
    for (SimPartition partition : partitions) {
      Targets.checkOpen(table, partition.settings(), "ALTER REROUTE");
      SimCopy copy =
          partition.shards().stream()
              .filter(shard -> shard.id() == cancel.shard())
              .flatMap(shard -> shard.copies().stream())
              .filter(candidate -> candidate.node() == node)
              .findFirst()
              .orElseThrow(() -> refused(cancel, node, ", failed to find it on node %s"));
      if (copy.isPrimary() && !cancel.allowPrimary()) {
        throw refused(cancel, node, " on node %s, shard is primary and started");
      }
      copy.unassign(cluster.now());
      allocation.fit(partition);
    }
  }

  private static boolean isNamed(SimNode node, String name) {
    return node.name().equals(name) || node.id().equals(name);
  }

  private static SqlError refused(Statement.CancelShard cancel, SimNode node, String reason) {
    String why = reason.formatted("{" + node.name() + "}{" + node.id() + "}");
    return Errors.invalid("[cancel_allocation] can't cancel " + cancel.shard() + why);
  }
}
