package cratesim.statements;

import cratesim.allocation.Allocation;
import cratesim.allocation.Moves;
import cratesim.allocation.Rebalancing;
import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.model.SqlError;
import cratesim.sql.Errors;
import cratesim.sql.ParsedStatement;
import java.util.List;
import java.util.Optional;

/** {@code OPTIMIZE TABLE}, and what moves and rebuilds copies by hand: {@code REROUTE}. */
public final class Maintenance {
  private static final String REROUTE = "ALTER REROUTE";

  private final ClusterModel cluster;
  private final Targets targets;
  private final Allocation allocation;
  private final Moves moves;
  private final Rebalancing rebalancing;

  public Maintenance(
      ClusterModel cluster,
      Targets targets,
      Allocation allocation,
      Moves moves,
      Rebalancing rebalancing) {
    this.cluster = cluster;
    this.targets = targets;
    this.allocation = allocation;
    this.moves = moves;
    this.rebalancing = rebalancing;
  }

  /**
   * From 5.10 on it syncs the retention leases first and then flushes, whatever its options say;
   * before, it flushes unless told not to.
   */
  public void optimize(String user, ParsedStatement.Optimize optimize) throws SqlError {
    boolean sync = cluster.version().atLeast(5, 10);
    boolean flush = sync || !Boolean.FALSE.equals(optimize.options().get("flush"));
    for (ParsedStatement.Target target : optimize.targets()) {
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
    if (flush) {
      shard.flush(cluster.now());
    }
  }

  public void cancel(String user, ParsedStatement.CancelShard cancel) throws SqlError {
    SimTable table = targets.table(user, cancel.target());
    List<SimPartition> partitions = rerouted(table, cancel.target());
    SimNode node = member(cancel.node());
    for (SimPartition partition : partitions) {
      Targets.checkOpen(table, partition.settings(), REROUTE);
      SimCopy copy =
          copy(partition, cancel.shard(), node)
              .orElseThrow(
                  () ->
                      Errors.invalid(
                          "[cancel_allocation] can't cancel %d, failed to find it on node %s"
                              .formatted(cancel.shard(), shown(node))));
      if (copy.isPrimary() && !cancel.allowPrimary()) {
        throw Errors.invalid(
            "[cancel_allocation] can't cancel %d on node %s, shard is primary and started"
                .formatted(cancel.shard(), shown(node)));
      }
      copy.unassign(cluster.now());
      if (copy.isPrimary()) {
        copy.shard().promoteAnother();
      }
      allocation.fit(partition);
    }
  }

  /** Neither a setting that forbids allocation nor a limit of recoveries holds it back. */
  public void move(String user, ParsedStatement.MoveShard move) throws SqlError {
    SimTable table = targets.table(user, move.target());
    List<SimPartition> partitions = rerouted(table, move.target());
    SimNode to = member(move.to());
    SimNode from =
        cluster.members().stream()
            .filter(member -> isNamed(member, move.from()))
            .findFirst()
            .orElseThrow(
                () -> Errors.invalid("failed to resolve [" + move.from() + "], no matching nodes"));
    for (SimPartition partition : partitions) {
      Targets.checkOpen(table, partition.settings(), REROUTE);
      SimCopy copy =
          copy(partition, move.shard(), from)
              .orElseThrow(
                  () -> immovable(move, ", failed to find it on node %s".formatted(shown(from))));
      if (copy.state() != SimCopy.State.STARTED) {
        throw immovable(move, ", shard is not started (state = %s]".formatted(copy.state()));
      }
      if (!allocation.rules().allowByHand(copy, to)) {
        throw immovable(
            move,
            ", from %s, to %s, since its not allowed, reason: %s"
                .formatted(shown(from), shown(to), allocation.rules().answers(copy, to)));
      }
      moves.start(copy, to, allocation.buildMillis(copy, to));
      rebalancing.copyMoved(copy, from, to);
    }
  }

  /** Lets those be tried again that failed too often. */
  public void retryFailed() {
    cluster.tables().flatMap(SimTable::copies).forEach(SimCopy::retry);
    allocation.recoverUnassigned();
  }

  /** CrateDB overlooks the clause where there are no partitions. */
  private static List<SimPartition> rerouted(SimTable table, ParsedStatement.Target target)
      throws SqlError {
    if (!table.isPartitioned()) {
      return table.partitions();
    }
    Targets.checkPartitionNamed(table, target);
    return Targets.partitions(table, target);
  }

  private static Optional<SimCopy> copy(SimPartition partition, int shard, SimNode node) {
    return partition.shards().stream()
        .filter(one -> one.id() == shard)
        .flatMap(one -> one.copies().stream())
        .filter(copy -> copy.node() == node)
        .findFirst();
  }

  private SimNode member(String name) throws SqlError {
    return cluster.members().stream()
        .filter(member -> isNamed(member, name))
        .findFirst()
        .orElseThrow(() -> Errors.invalid("Node: '" + name + "' could not be found"));
  }

  private static boolean isNamed(SimNode node, String name) {
    return node.name().equals(name) || node.id().equals(name);
  }

  private static String shown(SimNode node) {
    return "{" + node.name() + "}{" + node.id() + "}";
  }

  private static SqlError immovable(ParsedStatement.MoveShard move, String reason) {
    return Errors.invalid("[move_allocation] can't move " + move.shard() + reason);
  }
}
