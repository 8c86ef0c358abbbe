package cratesim.scenario;

import cratesim.allocation.Moves;
import cratesim.allocation.NodeFaults;
import cratesim.model.ClusterModel;
import cratesim.model.Seconds;
import cratesim.model.SimPartition;
import cratesim.model.SimTable;
import cratesim.model.SimVersion;
import cratesim.statements.UserPrivileges;
import java.util.Objects;

/** Lets the events of a scenario happen when their time has come. */
public final class ScenarioEvents {
  /** Executes a statement of somebody; what is refused is refused. */
  public interface Statements {
    void execute(String user, String statement);
  }

  private final ClusterModel cluster;
  private final NodeFaults nodes;
  private final Moves moves;
  private final UserPrivileges access;
  private final long moveMillis;
  private final Statements statements;

  /**
   * @param moveMillis how long a move takes, unless its event says otherwise
   */
  public ScenarioEvents(
      ClusterModel cluster,
      NodeFaults nodes,
      Moves moves,
      UserPrivileges access,
      long moveMillis,
      Statements statements) {
    this.cluster = cluster;
    this.nodes = nodes;
    this.moves = moves;
    this.access = access;
    this.moveMillis = moveMillis;
    this.statements = statements;
  }

  public void plan(Scenario scenario) {
    Objects.requireNonNull(scenario.events()).forEach(this::plan);
  }

  /** Lets it happen at its time after now, at once when that is 0. */
  public void plan(ScenarioEvent event) {
    if (event.at() == 0) {
      happen(event);
    } else {
      cluster.timeline().after(Math.round(event.at() * 1000), () -> happen(event));
    }
  }

  private void happen(ScenarioEvent event) {
    if (event.kill() != null) {
      nodes.kill(cluster.node(event.kill()));
    } else if (event.freeze() != null) {
      nodes.freeze(cluster.node(event.freeze()));
    } else if (event.revive() != null) {
      nodes.revive(cluster.node(event.revive()));
    } else if (event.restart() != null) {
      nodes.restart(Seconds.millis(event.restart()));
    } else if (event.staleHealth() != null) {
      cluster.staleHealth().show(event.staleHealth());
    } else if (event.relocate() != null) {
      relocate(event, event.relocate());
    } else if (event.revoke() != null) {
      access.revoke(event.user() == null ? "crate" : event.user(), event.revoke());
    } else if (event.keepLeases() != null) {
      cluster.partitions().forEach(partition -> keepLeases(partition, event.keepLeases()));
    } else if (event.dropPartition() != null) {
      dropPartition(event.dropPartition());
    } else if (event.version() != null) {
      SimVersion version = SimVersion.of(event.version());
      cluster.nodes().forEach(node -> node.upgrade(version));
    } else if (event.clock() != null) {
      cluster.setClock(Math.round(event.clock() * 1000));
    } else {
      String user = event.user() == null ? "crate" : event.user();
      statements.execute(user, Objects.requireNonNull(event.execute()));
    }
  }

  private static void keepLeases(SimPartition partition, boolean kept) {
    partition.shards().forEach(shard -> shard.keepLeases(kept));
  }

  private void dropPartition(String address) {
    SimTable table = cluster.table(address.replaceFirst("/.*", ""));
    String ident = address.contains("/") ? address.replaceFirst(".*/", "") : "";
    if (table != null) {
      table.partitions().stream()
          .filter(one -> ident.isEmpty() || one.ident().equals(ident))
          .findFirst()
          .ifPresent(one -> cluster.remove(table, one));
    }
  }

  private void relocate(ScenarioEvent event, String name) {
    SimTable table = cluster.table(name);
    if (table == null) {
      return;
    }
    table.partitions().stream()
        .flatMap(partition -> partition.shards().stream())
        .filter(shard -> shard.id() == event.shard())
        .forEach(
            shard ->
                moves.start(
                    shard.primary(),
                    event.seconds() == null ? moveMillis : Seconds.millis(event.seconds())));
  }
}
