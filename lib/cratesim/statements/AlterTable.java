package cratesim.statements;

import cratesim.allocation.Allocation;
import cratesim.allocation.Rebalancing;
import cratesim.model.ClusterModel;
import cratesim.model.ReplicaRange;
import cratesim.model.SimPartition;
import cratesim.model.SimSettings;
import cratesim.model.SimTable;
import cratesim.model.SqlError;
import cratesim.model.TableSettings;
import cratesim.sql.Errors;
import cratesim.sql.ParsedStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ALTER TABLE … SET} and {@code RESET}: checked as a whole, then applied at once. */
public final class AlterTable {
  private final ClusterModel cluster;
  private final Targets targets;
  private final Allocation allocation;
  private final Rebalancing rebalancing;

  public AlterTable(
      ClusterModel cluster, Targets targets, Allocation allocation, Rebalancing rebalancing) {
    this.cluster = cluster;
    this.targets = targets;
    this.allocation = allocation;
    this.rebalancing = rebalancing;
  }

  public void execute(String user, ParsedStatement.AlterTable alter) throws SqlError {
    SimTable table = targets.table(user, alter.target());
    Set<String> names = new LinkedHashSet<>(alter.settings().keySet());
    names.addAll(alter.resets());
    Targets.checkAlterable(table, table.settings(), names);
    List<SimPartition> partitions =
        alter.only() ? List.of() : Targets.partitions(table, alter.target());
    List<TableSettings> changed = new ArrayList<>();
    for (SimPartition partition : partitions) {
      Targets.checkAlterable(table, partition.settings(), names);
      changed.add(changed(partition.settings(), alter));
    }
    if (alter.settings().containsKey(TableSettings.REPLICAS)) {
      checkRoom(partitions, changed);
    }
    if (alter.target().partition().isEmpty()) {
      table.setDefaults(changed(table.settings(), alter));
    }
    for (int i = 0; i < partitions.size(); i++) {
      apply(partitions.get(i), changed.get(i));
    }
  }

  private static TableSettings changed(TableSettings settings, ParsedStatement.AlterTable alter)
      throws SqlError {
    TableSettings changed = settings;
    for (Map.Entry<String, Object> change : alter.settings().entrySet()) {
      changed = changed.with(change.getKey(), change.getValue());
    }
    for (String name : alter.resets()) {
      changed = changed.without(name);
    }
    changed.checkActiveShards();
    return changed;
  }

  /** A fixed number of replicas must keep within the cluster's number of shards; no range does. */
  private void checkRoom(List<SimPartition> partitions, List<TableSettings> changed)
      throws SqlError {
    long added = 0;
    for (int i = 0; i < partitions.size(); i++) {
      String replicas = changed.get(i).replicas();
      if (ReplicaRange.isFixed(replicas)) {
        int more = ReplicaRange.least(replicas) - (copies(partitions.get(i)) - 1);
        added += (long) partitions.get(i).shards().size() * more;
      }
    }
    if (added < 0) {
      return;
    }
    Object perNode = cluster.settings().value(SimSettings.MAX_SHARDS);
    long most = perNode instanceof Integer limit ? (long) limit * cluster.members().size() : 0;
    long open = cluster.openShards();
    if (open + added > most) {
      throw Errors.invalid(
          String.format(
              "Validation Failed: 1: this action would add [%d] total shards, but this cluster"
                  + " currently has [%d]/[%d] maximum shards open;",
              added, open, most));
    }
  }

  private void apply(SimPartition partition, TableSettings settings) {
    int before = copies(partition);
    partition.setSettings(settings);
    allocation.fit(partition);
    if (copies(partition) < before) {
      rebalancing.replicasDropped(partition);
    }
  }

  private static int copies(SimPartition partition) {
    return partition.shards().get(0).copies().size();
  }
}
