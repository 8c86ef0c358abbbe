package xmover.sim;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xmover.sim.sql.Errors;
import xmover.sim.sql.RowTable;
import xmover.sim.sql.Session;
import xmover.sim.sql.Statement;

/** {@code CREATE TABLE}, {@code DROP TABLE}, {@code REFRESH TABLE}, and what changes rows. */
final class DataStatements {
  private static final Pattern FORBIDDEN = Pattern.compile("[*<\" \\\\/,|>?]");

  private final ClusterModel cluster;
  private final Access access;
  private final Allocation allocation;

  DataStatements(ClusterModel cluster, Access access, Allocation allocation) {
    this.cluster = cluster;
    this.access = access;
    this.allocation = allocation;
  }

  /** Answers how many tables were created. */
  long create(String user, Statement.CreateTable create) throws SqlError {
    Statement.Target target = create.target();
    access.requireDefinition(user, target.schema(), target.table());
    if (cluster.table(target.schema(), target.table()) != null) {
      if (create.ifNotExists()) {
        return 0;
      }
      throw Errors.relationExists(target.fullName());
    }
    checkName(target);
    TableSettings settings = TableSettings.STANDARD;
    for (var setting : create.settings().entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    var rows = new RowTable(create.columns(), create.primaryKey());
    rows.refresh(cluster.now());
    var table = SimTable.withRows(target, create.shards(), cluster.version().toString(), rows);
    add(table, settings);
    return 1;
  }

  private static void checkName(Statement.Target target) throws SqlError {
    if (FORBIDDEN.matcher(target.fullName()).find()) {
      throw Errors.invalidName(target.fullName());
    }
  }

  private void add(SimTable table, TableSettings settings) {
    var partition = new SimPartition(table, "", Map.of(), settings, 0, null);
    for (int id = 0; id < table.numberOfShards(); id++) {
      int phase = cluster.random().nextInt(1000);
      var shard = new SimShard(partition, id, 0, 0, phase);
      var primary = new SimCopy(shard, true);
      SimNode node = allocation.anyNode(primary);
      primary.place(node, SimCopy.EMPTY_TRANSLOG, null, cluster.now());
      shard.addLease(node);
      shard.copies().add(primary);
      partition.shards().add(shard);
    }
    table.partitions().add(partition);
    cluster.add(table);
    allocation.fit(partition);
  }

  /** Answers how many tables were dropped. */
  long drop(String user, Statement.DropTable drop) throws SqlError {
    Statement.Target target = drop.target();
    SimTable table = cluster.table(target.schema(), target.table());
    if (table == null && drop.ifExists()) {
      return 0;
    }
    access.requireDefinition(user, target.schema(), target.table());
    SimTable dropped = existing(table, target);
    Targets.checkDroppable(dropped);
    cluster.remove(dropped);
    return 1;
  }

  /** Answers how many tables were refreshed. */
  long refresh(String user, Statement.Refresh refresh) throws SqlError {
    for (Statement.Target target : refresh.targets()) {
      SimTable table = cluster.table(target.schema(), target.table());
      access.requireRead(user, target.schema(), target.table());
      existing(table, target).rows().refresh(cluster.now());
    }
    return refresh.targets().size();
  }

  Statement.Change.Plan plan(Statement.Change change, Session session) throws SqlError {
    Statement.Target target = change.target();
    SimTable table = cluster.table(target.schema(), target.table());
    access.requireChange(session.user(), target.schema(), target.table());
    return change.plan(session, existing(table, target).rows());
  }

  private SimTable existing(@Nullable SimTable table, Statement.Target target) throws SqlError {
    if (table == null) {
      throw cluster.schemas().contains(target.schema()) || target.schema().equals("doc")
          ? Errors.unknownRelation(target.fullName())
          : Errors.unknownSchema(target.schema());
    }
    return table;
  }
}
