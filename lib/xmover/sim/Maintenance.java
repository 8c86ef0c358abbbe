package xmover.sim;

import org.jspecify.annotations.Nullable;
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
    for (SimPartition partition : Targets.partitions(table, cancel.target())) {
      Targets.checkOpen(table, partition.settings(), "ALTER REROUTE");
      SimCopy copy =
          partition.shards().stream()
              .filter(shard -> shard.id() == cancel.shard())
              .flatMap(shard -> shard.copies().stream())
              .filter(candidate -> isNamed(candidate.node(), cancel.node()))
              .findFirst()
              .orElseThrow(() -> refused(cancel, ", failed to find it on node %s"));
      if (copy.isPrimary() && !cancel.allowPrimary()) {
        throw refused(cancel, " on node %s, shard is primary and started");
      }
      copy.unassign(cluster.now());
      allocation.fit(partition);
    }
  }

  private static boolean isNamed(@Nullable SimNode node, String name) {
    return node != null && (node.name().equals(name) || node.id().equals(name));
  }

  private static SqlError refused(Statement.CancelShard cancel, String reason) {
    String why = reason.formatted("{" + cancel.node() + "}");
    return Errors.invalid("[cancel_allocation] can't cancel " + cancel.shard() + why);
  }
}
