package cratesim.statements;

import cratesim.model.ClusterModel;
import cratesim.model.PartitionIdent;
import cratesim.model.SimPartition;
import cratesim.model.SimTable;
import cratesim.model.SqlError;
import cratesim.model.TableSettings;
import cratesim.sql.Errors;
import cratesim.sql.ParsedStatement;
import cratesim.tables.SystemCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the table and partitions a statement names, and says what may not be done with them. */
public final class Targets {
  private static final String OPTIMIZE = "OPTIMIZE";
  private static final String DROP = "DROP";
  private static final String ALTER_SET = "ALTER SET";

  private final ClusterModel cluster;
  private final UserPrivileges access;

  public Targets(ClusterModel cluster, UserPrivileges access) {
    this.cluster = cluster;
    this.access = access;
  }

  SimTable table(String user, ParsedStatement.Target target) throws SqlError {
    access.requireDefinition(user, target.schema(), target.table());
    if (SystemCatalog.isSystem(target.schema())) {
      throw inaccessible(target.fullName(), "ALTER", "");
    }
    return existing(target);
  }

  SimTable existing(ParsedStatement.Target target) throws SqlError {
    SimTable table = cluster.table(target.schema(), target.table());
    if (table == null) {
      boolean schemaExists = cluster.schemas().contains(target.schema());
      throw schemaExists || target.schema().equals("doc")
          ? Errors.unknownRelation(target.fullName())
          : Errors.unknownSchema(target.schema());
    }
    return table;
  }

  /** All partitions, or the one the statement names. */
  static List<SimPartition> partitions(SimTable table, ParsedStatement.Target target)
      throws SqlError {
    Map<String, Object> values = target.partition();
    if (values.isEmpty()) {
      return table.partitions();
    }
    if (!table.isPartitioned()) {
      throw Errors.invalid("table '" + table.fullName() + "' is not partitioned");
    }
    checkPartitionNamed(table, target);
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

  /** Refuses a PARTITION clause that does not name every partition column, or is missing. */
  static void checkPartitionNamed(SimTable table, ParsedStatement.Target target) throws SqlError {
    int named = target.partition().size();
    if (named != table.partitionedBy().size()) {
      throw Errors.invalid(
          String.format(
              "The table \"%s\" is partitioned by %d columns but the PARTITION clause contains %d"
                  + " columns",
              table.fullName(), table.partitionedBy().size(), named));
    }
  }

  /** A change of blocks is always allowed: how else would one lift them. */
  static void checkAlterable(SimTable table, TableSettings settings, Iterable<String> names)
      throws SqlError {
    boolean blocked =
        settings.is(TableSettings.READ_ONLY) || settings.is(TableSettings.METADATA_BLOCK);
    for (String name : names) {
      if (blocked && !name.startsWith("blocks.")) {
        throw inaccessible(table.fullName(), ALTER_SET, "");
      }
    }
  }

  static void checkDroppable(SimTable table) throws SqlError {
    checkOpen(table, table.settings(), DROP);
    checkBlocks(table, DROP, TableSettings.METADATA_BLOCK);
  }

  /** Neither its name nor its partner in a swap changes under any block but one. */
  static void checkRenamable(SimTable table) throws SqlError {
    checkBlocks(
        table,
        "ALTER RENAME",
        TableSettings.READ_ONLY,
        TableSettings.METADATA_BLOCK,
        TableSettings.READ_BLOCK,
        TableSettings.WRITE_BLOCK);
  }

  /** Whether columns may be added. */
  static void checkChangeable(SimTable table) throws SqlError {
    checkBlocks(table, "ALTER", TableSettings.READ_ONLY, TableSettings.METADATA_BLOCK);
  }

  static void checkWritable(SimTable table, String operation) throws SqlError {
    checkBlocks(table, operation, TableSettings.READ_ONLY);
  }

  private static void checkBlocks(SimTable table, String operation, String... blocks)
      throws SqlError {
    for (String block : blocks) {
      if (table.settings().is(block)) {
        throw inaccessible(table.fullName(), operation, "");
      }
    }
  }

  static void checkOptimizable(SimTable table, TableSettings settings) throws SqlError {
    checkOpen(table, settings, OPTIMIZE);
    if (settings.is(TableSettings.METADATA_BLOCK)) {
      throw blocked(4036, "RELATION_DDL_ONLY/9/index metadata (api)");
    }
    if (settings.is(TableSettings.READ_ONLY_ALLOW_DELETE)) {
      throw blocked(4037, "RELATION_READ_DELETE_ONLY/12/index read-only / allow delete (api)");
    }
  }

  /** Neither closed nor read-only. */
  static void checkOpen(SimTable table, TableSettings settings, String operation) throws SqlError {
    if (table.isClosed()) {
      throw inaccessible(table.fullName(), operation, ", as it is currently closed.");
    }
    if (settings.is(TableSettings.READ_ONLY)) {
      throw inaccessible(table.fullName(), operation, "");
    }
  }

  private static SqlError inaccessible(String table, String operation, String reason) {
    String problem =
        "The relation \"" + table + "\" doesn't support or allow " + operation + " operations";
    String message = "OperationOnInaccessibleRelationException[" + problem + reason + "]";
    return new SqlError(400, 4007, "XX000", message);
  }

  private static SqlError blocked(int code, String block) {
    String message = "ClusterBlockException[blocked by: [" + block + "];]";
    return new SqlError(403, code, "XX000", message);
  }
}
