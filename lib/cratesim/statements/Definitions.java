package cratesim.statements;

import cratesim.allocation.Allocation;
import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.model.SqlError;
import cratesim.model.TableSettings;
import cratesim.sql.Errors;
import cratesim.sql.ParsedStatement;
import cratesim.sql.RowTable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Statements that define tables: CREATE, DROP, RENAME, SWAP, CLOSE and OPEN, ADD COLUMN. Each
 * answers the row count that CrateDB reports.
 */
public final class Definitions {
  private static final long NO_COUNT = -1;
  private static final Pattern FORBIDDEN = Pattern.compile("[*<\" \\\\/,|>?]");

  private final ClusterModel cluster;
  private final UserPrivileges access;
  private final Targets targets;
  private final Allocation allocation;

  public Definitions(
      ClusterModel cluster, UserPrivileges access, Targets targets, Allocation allocation) {
    this.cluster = cluster;
    this.access = access;
    this.targets = targets;
    this.allocation = allocation;
  }

  public long execute(String user, ParsedStatement.Definition definition) throws SqlError {
    if (definition instanceof ParsedStatement.CreateTable create) {
      return create(user, create);
    }
    if (definition instanceof ParsedStatement.DropTable drop) {
      return drop(user, drop);
    }
    if (definition instanceof ParsedStatement.RenameTable rename) {
      return rename(user, rename);
    }
    if (definition instanceof ParsedStatement.SwapTables swap) {
      return swap(user, swap);
    }
    return definition instanceof ParsedStatement.CloseTable close
        ? close(user, close)
        : addColumns(user, (ParsedStatement.AddColumns) definition);
  }

  private long create(String user, ParsedStatement.CreateTable create) throws SqlError {
    ParsedStatement.Target target = create.target();
    access.requireDefinition(user, target.schema(), target.table());
    if (cluster.table(target.schema(), target.table()) != null) {
      if (create.ifNotExists()) {
        return 0;
      }
      throw Errors.relationExists(target.fullName());
    }
    cluster.requireRecovered();
    checkName(target.fullName());
    TableSettings settings = TableSettings.STANDARD;
    for (var setting : create.settings().entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    var rows = new RowTable(create.columns(), create.primaryKey());
    rows.refresh(cluster.now());
    var table =
        new SimTable(
            target.schema(),
            target.table(),
            create.shards(),
            cluster.version().toString(),
            List.of(),
            settings);
    table.setRows(rows);
    addShards(table, settings);
    cluster.add(table);
    table.partitions().forEach(allocation::fit);
    return 1;
  }

  private static void checkName(String name) throws SqlError {
    if (FORBIDDEN.matcher(name).find()) {
      throw Errors.invalidName(name);
    }
  }

  private void addShards(SimTable table, TableSettings settings) {
    var partition = new SimPartition(table, cluster.newId(), "", Map.of(), settings, 0, null);
    for (int id = 0; id < table.numberOfShards(); id++) {
      int phase = cluster.random().nextInt(1000);
      var shard = new SimShard(partition, id, 0, 0, phase, cluster.now());
      var primary = new SimCopy(shard, true);
      shard.copies().add(primary);
      SimNode node = allocation.anyNode(primary);
      primary.place(node, cluster.now());
      shard.addLease(node);
      partition.shards().add(shard);
    }
    table.partitions().add(partition);
  }

  private long drop(String user, ParsedStatement.DropTable drop) throws SqlError {
    ParsedStatement.Target target = drop.target();
    if (drop.ifExists() && cluster.table(target.schema(), target.table()) == null) {
      if (cluster.version().atLeast(6, 0)) {
        cluster.requireRecovered();
      }
      return 0;
    }
    SimTable table = targets.table(user, target);
    Targets.checkDroppable(table);
    cluster.remove(table);
    return 1;
  }

  private long rename(String user, ParsedStatement.RenameTable rename) throws SqlError {
    SimTable table = targets.table(user, rename.target());
    Targets.checkRenamable(table);
    checkName(rename.newName());
    if (cluster.table(table.schema(), rename.newName()) != null) {
      String newName = table.schema() + "." + rename.newName();
      throw Errors.invalid(
          "Cannot rename table %s to %s, table %s already exists"
              .formatted(table.fullName(), newName, newName));
    }
    cluster.rename(table, rename.newName());
    reopen(table);
    return NO_COUNT;
  }

  /** With a closed table CrateDB swaps the names and answers an error all the same. */
  private long swap(String user, ParsedStatement.SwapTables swap) throws SqlError {
    boolean administers = access.mayAdminister(user);
    SimTable source =
        administers ? targets.existing(swap.target()) : targets.table(user, swap.target());
    SimTable other =
        administers ? targets.existing(swap.other()) : targets.table(user, swap.other());
    Targets.checkRenamable(source);
    Targets.checkRenamable(other);
    cluster.swap(source, other);
    reopen(source);
    reopen(other);
    if (swap.dropSource()) {
      cluster.remove(other);
    }
    if (source.isClosed() || other.isClosed()) {
      throw new SqlError(500, 5000, "XX000", "NullPointerException[\"indexRoutingTable\" is null]");
    }
    return 1;
  }

  /** Under their new name primaries are there at once, replicas find their places anew. */
  private void reopen(SimTable table) {
    table.partitions().stream().flatMap(p -> p.shards().stream()).forEach(allocation::reopen);
  }

  private long close(String user, ParsedStatement.CloseTable close) throws SqlError {
    SimTable table = targets.table(user, close.target());
    Targets.checkWritable(table, close.shut() ? "ALTER CLOSE" : "ALTER OPEN");
    if (close.target().partition().isEmpty()) {
      table.close(close.shut());
    } else {
      Targets.partitions(table, close.target()).forEach(p -> p.close(close.shut()));
    }
    return NO_COUNT;
  }

  private long addColumns(String user, ParsedStatement.AddColumns add) throws SqlError {
    SimTable table = targets.table(user, add.target());
    Targets.checkChangeable(table);
    for (RowTable.Column column : add.columns()) {
      if (table.columns().stream().anyMatch(known -> known.name().equals(column.name()))) {
        throw Errors.invalid(
            "The table " + table.fullName() + " already has a column named " + column.name());
      }
    }
    table.addColumns(add.columns());
    return NO_COUNT;
  }
}
