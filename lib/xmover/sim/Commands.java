package xmover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xmover.sim.sql.Errors;
import xmover.sim.sql.Statement;

/** Executes the statements that change something, each checked as CrateDB checks it. */
final class Commands {
  private static final String REPLICAS = "number_of_replicas";

  private final ClusterModel cluster;
  private final Access access;
  private final Allocation allocation;
  private final Rebalancing rebalancing;

  Commands(ClusterModel cluster, Access access, Allocation allocation, Rebalancing rebalancing) {
    this.cluster = cluster;
    this.access = access;
    this.allocation = allocation;
    this.rebalancing = rebalancing;
  }

  void alter(String user, Statement.AlterTable alter) throws SqlError {
    SimTable table = table(user, alter.target());
    boolean onlyBlocks = alter.settings().keySet().stream().allMatch(k -> k.startsWith("blocks."));
    checkAllowed(table, table.settings(), onlyBlocks ? "ALTER" : "ALTER SET");
    List<SimPartition> partitions = alter.only() ? List.of() : partitions(table, alter.target());
    List<TableSettings> changed = new ArrayList<>();
    for (SimPartition partition : partitions) {
      checkAllowed(table, partition.settings(), onlyBlocks ? "ALTER" : "ALTER SET");
      changed.add(changed(partition.settings(), alter.settings()));
    }
    if (alter.target().partition().isEmpty()) {
      table.setDefaults(changed(table.settings(), alter.settings()));
    }
    for (int i = 0; i < partitions.size(); i++) {
      apply(partitions.get(i), changed.get(i));
    }
  }

  private static TableSettings changed(TableSettings settings, Map<String, Object> changes)
      throws SqlError {
    TableSettings changed = settings;
    for (Map.Entry<String, Object> change : changes.entrySet()) {
      changed = changed.with(change.getKey(), change.getValue());
    }
    if (changes.containsKey(REPLICAS)) {
      changed.checkActiveShards();
    }
    return changed;
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

  /** Since 5.10 it syncs leases first; it commits primaries, and all copies when told to flush. */
  void optimize(String user, Statement.Optimize optimize) throws SqlError {
    boolean flush = !Boolean.FALSE.equals(optimize.options().get("flush"));
    for (Statement.Target target : optimize.targets()) {
      SimTable table = table(user, target);
      for (SimPartition partition : partitions(table, target)) {
        checkAllowed(table, partition.settings(), "OPTIMIZE");
        partition.shards().forEach(shard -> optimize(shard, flush));
      }
    }
  }

  private void optimize(SimShard shard, boolean flush) {
    if (cluster.version().atLeast(5, 10)) {
      shard.syncLeases();
    }
    for (SimCopy copy : shard.copies()) {
      if (copy.state() == SimCopy.State.STARTED && (flush || copy.isPrimary())) {
        copy.flush(cluster.now());
      }
    }
  }

  void cancel(String user, Statement.CancelShard cancel) throws SqlError {
    SimTable table = table(user, cancel.target());
    for (SimPartition partition : partitions(table, cancel.target())) {
      checkAllowed(table, partition.settings(), "ALTER REROUTE");
      SimCopy copy =
          partition.shards().stream()
              .filter(shard -> shard.id() == cancel.shard())
              .flatMap(shard -> shard.copies().stream())
              .filter(c -> c.node() != null && isNamed(c.node(), cancel.node()))
              .findFirst()
              .orElseThrow(() -> notThere(cancel));
      if (copy.isPrimary() && !cancel.allowPrimary()) {
        throw refused(cancel, "primary on node can't be cancelled without allow_primary");
      }
      copy.unassign(cluster.now());
      allocation.fit(partition);
    }
  }

  private static boolean isNamed(@Nullable SimNode node, String name) {
    return node != null && (node.name().equals(name) || node.id().equals(name));
  }

  private static SqlError notThere(Statement.CancelShard cancel) {
    return refused(cancel, "failed to find it on node " + cancel.node());
  }

  private static SqlError refused(Statement.CancelShard cancel, String reason) {
    String shard = "[" + cancel.target().fullName() + "][" + cancel.shard() + "]";
    String message = "IllegalArgumentException[[cancel_allocation] can't cancel " + shard + ", ";
    return new SqlError(500, 5000, "0A000", message + reason + "]");
  }

  void setGlobal(String user, Statement.SetGlobal set) throws SqlError {
    access.requireAdministration(user);
    cluster.settings().set(set.persistent(), set.settings());
    allocation.recoverUnassigned();
  }

  void resetGlobal(String user, Statement.ResetGlobal reset) throws SqlError {
    access.requireAdministration(user);
    cluster.settings().reset(reset.settings());
    allocation.recoverUnassigned();
  }

  private SimTable table(String user, Statement.Target target) throws SqlError {
    access.requireDefinition(user, target.schema(), target.table());
    SimTable table = cluster.table(target.schema(), target.table());
    if (table == null) {
      boolean schemaExists = cluster.schemas().contains(target.schema());
      throw schemaExists || target.schema().equals("doc")
          ? Errors.unknownRelation(target.fullName())
          : Errors.unknownSchema(target.schema());
    }
    return table;
  }

  private static List<SimPartition> partitions(SimTable table, Statement.Target target)
      throws SqlError {
    Map<String, Object> values = target.partition();
    if (values.isEmpty()) {
      return table.partitions();
    }
    if (!table.isPartitioned()) {
      throw Errors.invalid("table '" + table.fullName() + "' is not partitioned");
    }
    if (values.size() != table.partitionedBy().size()) {
      throw Errors.invalid(
          String.format(
              "The table \"%s\" is partitioned by %d columns but the PARTITION clause contains %d"
                  + " columns",
              table.fullName(), table.partitionedBy().size(), values.size()));
    }
    List<Object> ordered = new ArrayList<>();
    for (String column : table.partitionedBy()) {
      if (!values.containsKey(column)) {
        throw Errors.invalid("\"" + column + "\" is no known partition column");
      }
      ordered.add(values.get(column));
    }
    String ident = PartitionIdent.of(ordered);
    SimPartition partition =
        table.partition(ident).orElseThrow(() -> Errors.unknownPartition(table.fullName(), ident));
    return List.of(partition);
  }

  /** Read-only tables allow nothing but to lift the block, metadata blocks no ALTER. */
  private static void checkAllowed(SimTable table, TableSettings settings, String operation)
      throws SqlError {
    boolean metadata = operation.equals("ALTER SET");
    if ((settings.readOnly() && !operation.equals("ALTER"))
        || (settings.metadataBlocked() && metadata)) {
      throw new SqlError(
          400,
          4007,
          "XX000",
          "OperationOnInaccessibleRelationException[The relation \""
              + table.fullName()
              + "\" doesn't support or allow "
              + operation
              + " operations]");
    }
  }
}
