package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.Seconds;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.scenario.Scenario;
import cratesim.scenario.TableSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings the copies of a scenario that are not STARTED at the beginning into their states. */
public final class UnsettledCopies {
  private final ClusterModel cluster;
  private final Allocation allocation;
  private final Moves moves;

  public UnsettledCopies(ClusterModel cluster, Allocation allocation, Moves moves) {
    this.cluster = cluster;
    this.allocation = allocation;
    this.moves = moves;
  }

  public void unsettle(Scenario scenario) {
    for (TableSpec spec : Objects.requireNonNull(scenario.tables())) {
      SimTable table = Objects.requireNonNull(cluster.table(spec.name()));
      for (TableSpec.Unsettled unsettled : spec.unsettled()) {
        table.partitions().forEach(p -> unsettle(p.shards().get(unsettled.shard()), unsettled));
      }
    }
  }

  private void unsettle(SimShard shard, TableSpec.Unsettled unsettled) {
    String table = shard.partition().table().fullName();
    if (unsettled.replica() >= shard.copies().size()) {
      throw new IllegalArgumentException(
          "table %s has no replica %d to be %s: it has %d"
              .formatted(table, unsettled.replica(), unsettled.state(), shard.copies().size() - 1));
    }
    SimCopy copy = shard.copies().get(unsettled.replica());
    SimNode home = copy.home();
    if (home == null) {
      return;
    }
    switch (unsettled.state()) {
      case "UNASSIGNED" -> leaveUnassigned(copy, home, unsettled.seconds());
      case "INITIALIZING" -> allocation.recover(copy, home, Seconds.millis(unsettled.seconds()));
      case "FAILED" -> fail(copy, home);
      default -> moves.start(copy, Seconds.millis(unsettled.seconds()));
    }
  }

  private void fail(SimCopy copy, SimNode home) {
    copy.giveUp(cluster.now());
    copy.shard().leases().remove(home);
  }

  private void leaveUnassigned(SimCopy copy, SimNode home, @Nullable Double seconds) {
    copy.holdBack(true);
    copy.unassign(cluster.now());
    if (!copy.isPrimary()) {
      copy.shard().leases().remove(home);
    }
    cluster
        .timeline()
        .after(
            Seconds.millis(seconds),
            () -> {
              copy.holdBack(false);
              allocation.recoverUnassigned();
            });
  }
}
