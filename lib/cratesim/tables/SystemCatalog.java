package cratesim.tables;

import cratesim.model.ClusterModel;
import cratesim.model.SimNode;
import cratesim.model.SimTable;
import cratesim.model.SimVersion;
import cratesim.model.SqlError;
import cratesim.sql.Errors;
import cratesim.sql.Session;
import cratesim.sql.SqlRelation;
import cratesim.statements.UserPrivileges;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The system tables, as one user sees them. */
public final class SystemCatalog implements Session.Catalog {
  static final String SYS = "sys";
  static final String INFORMATION_SCHEMA = "information_schema";

  private static final Map<String, Map<String, Function<View, SqlRelation>>> TABLES =
      Map.of(
          SYS,
          new TreeMap<>(
              Map.ofEntries(
                  Map.entry("allocations", AllocationTable::relation),
                  Map.entry("cluster", ClusterTable::relation),
                  Map.entry("cluster_health", HealthTables::cluster),
                  Map.entry("health", HealthTables::tables),
                  Map.entry("jobs", JobTables::running),
                  Map.entry("jobs_log", JobTables::log),
                  Map.entry("nodes", NodeTable::relation),
                  Map.entry("privileges", UserTables::privileges),
                  Map.entry("roles", UserTables::roles),
                  Map.entry("shards", ShardTable::relation),
                  Map.entry("snapshots", SnapshotTable::relation),
                  Map.entry("users", UserTables::users))),
          INFORMATION_SCHEMA,
          new TreeMap<>(
              Map.of(
                  "columns", ColumnTable::relation,
                  "schemata", SchemaTable::relation,
                  "table_partitions", PartitionTable::relation,
                  "tables", TableTable::relation)));

  /** The cluster through the eyes of a user. */
  record View(ClusterModel cluster, UserPrivileges access, String user) {
    /** The tables the user may see. */
    Stream<SimTable> tables() {
      return cluster.tables().filter(this::sees);
    }

    boolean sees(SimTable table) {
      return access.sees(user, table.schema(), table.name());
    }
  }

  private final View view;

  public SystemCatalog(ClusterModel cluster, UserPrivileges access, String user) {
    this.view = new View(cluster, access, user);
  }

  public static boolean isSystem(String schema) {
    return TABLES.containsKey(schema);
  }

  /** The names of the system tables of a schema in this version. */
  static Iterable<String> names(String schema, SimVersion version) {
    return TABLES.getOrDefault(schema, Map.of()).keySet().stream()
        .filter(name -> exists(name, version))
        .toList();
  }

  private static boolean exists(String name, SimVersion version) {
    return !name.equals("cluster_health") || version.atLeast(6, 0);
  }

  /** A system table as this user would read it, for {@code information_schema.columns}. */
  static SqlRelation relation(View view, String schema, String name) {
    var relation = TABLES.getOrDefault(schema, Map.of()).get(name);
    return relation == null ? new SqlRelation(List.of(), List::of) : relation.apply(view);
  }

  @Override
  public SqlRelation relation(@Nullable String schema, String name) throws SqlError {
    if (schema != null && TABLES.containsKey(schema)) {
      return system(schema, name);
    }
    String home = schema == null ? "doc" : schema;
    SimTable table = view.cluster().table(home, name);
    if (table != null && view.sees(table)) {
      view.access().requireRead(view.user(), home, name);
      table.search(view.cluster().now());
      return table.rows().relation(view.cluster().now());
    }
    if (schema == null) {
      throw Errors.unknownRelation(name);
    }
    throw view.cluster().schemas().contains(schema)
        ? Errors.unknownRelation(schema + "." + name)
        : Errors.unknownSchema(schema);
  }

  @Override
  public boolean hasSchemaPrivilege(String schema, String privilege) {
    return privilege.equalsIgnoreCase("CREATE")
        ? view.access().mayDefine(view.user(), schema)
        : view.access().mayUse(view.user(), schema);
  }

  private SqlRelation system(String schema, String name) throws SqlError {
    if (schema.equals(SYS)) {
      view.access().requireRead(view.user(), schema, name);
    }
    if (name.equals("shards")) {
      checkNodesAnswer();
    }
    var relation = TABLES.getOrDefault(schema, Map.of()).get(name);
    if (relation == null || !exists(name, view.cluster().version())) {
      throw Errors.unknownRelation(schema + "." + name);
    }
    return relation.apply(view);
  }

  /** Statistics of shards are asked from every node; one that is frozen never answers. */
  private void checkNodesAnswer() throws SqlError {
    for (SimNode node : view.cluster().members()) {
      if (node.state() == SimNode.State.FROZEN) {
        String problem = "Job killed. Participating node " + node.id() + " disconnected";
        throw new SqlError(500, 5005, "XX000", "JobKilledException[" + problem + "]");
      }
    }
  }
}
