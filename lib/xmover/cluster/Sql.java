package xmover.cluster;

import xmover.table.ReplicaSetting;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * The statement texts of a reset and its watch over a table, in one place; what detection asks is
 * in {@link DetectionSql}.
 */
public final class Sql {
  private Sql() {}

  /** The least a cluster can be asked. */
  public static Statement ping() {
    return Statement.read("SELECT 1");
  }

  /** Sets the replicas of one table, or of one partition and no other. */
  public static Statement setReplicas(TableRef table, ReplicaSetting replicas) {
    return Statement.write(
            "ALTER TABLE %s SET (\"number_of_replicas\" = %s)"
                .formatted(table.sqlTarget(), SqlText.text(replicas.text())))
        .about(table);
  }

  /**
   * Asks for a sync of the retention leases, a side effect of OPTIMIZE since CrateDB 5.10. With
   * these parameters it merges no segments; it commits the primaries' translog.
   */
  public static Statement syncLeases(TableRef table) {
    return Statement.write(
            "OPTIMIZE TABLE %s WITH (flush = false, max_num_segments = 10000)"
                .formatted(table.sqlTarget()))
        .about(table);
  }

  /**
   * Commits the translog of every copy that has all operations, replicas too, and drops none. With
   * so many segments allowed it merges nothing.
   */
  public static Statement flush(TableRef table) {
    return Statement.write(
            "OPTIMIZE TABLE %s WITH (flush = true, max_num_segments = 10000)"
                .formatted(table.sqlTarget()))
        .about(table);
  }

  /** The leases on every primary of a table or partition: one row per shard. */
  public static Statement leases(TableRef table) {
    return Statement.read(
            """
            SELECT id, state, routing_state, node['name'] AS node_name,
              retention_leases['leases']['source'] AS lease_sources
            FROM sys.shards
            WHERE %s AND "primary"
            ORDER BY id\
            """
                .formatted(shardsOf(table)))
        .about(table);
  }

  static String shardsOf(TableRef table) {
    return "schema_name = %s AND table_name = %s AND coalesce(partition_ident, '') = %s"
        .formatted(
            SqlText.text(table.schema()),
            SqlText.text(table.name()),
            SqlText.text(table.partitionIdent()));
  }

  /**
   * The setting of one table or partition and how many primaries it has; no row when it is gone.
   */
  public static Statement setting(TableRef table) {
    String catalogue = table.partition().isPresent() ? "table_partitions" : "tables";
    String partition =
        table.partition().map(p -> " AND partition_ident = " + SqlText.text(p.ident())).orElse("");
    return Statement.read(
            """
            SELECT number_of_replicas, number_of_shards AS primaries
            FROM information_schema.%s
            WHERE table_schema = %s AND table_name = %s%s\
            """
                .formatted(
                    catalogue, SqlText.text(table.schema()), SqlText.text(table.name()), partition))
        .about(table);
  }

  /**
   * Whether the user's privileges show it every table of the schema, so that one it does not see is
   * not there: one row.
   */
  public static Statement wouldSee(TableRef table) {
    return Statement.read(
            """
            SELECT (has_schema_privilege(%1$s, 'CREATE') OR has_schema_privilege(%1$s, 'USAGE'))
              AND %2$s NOT IN (
                SELECT ident FROM sys.privileges
                WHERE class = 'TABLE' AND state = 'DENY' AND grantee = current_user)
              AS visible\
            """
                .formatted(SqlText.text(table.schema()), SqlText.text(table.fullName())))
        .about(table);
  }

  /** Every copy of a table's or partition's shards: where it is and how its recovery stands. */
  public static Statement copies(TableRef table) {
    return Statement.read(
            """
            SELECT id, "primary", state, routing_state, node['name'] AS node_name,
              translog_stats['uncommitted_size'] AS uncommitted,
              retention_leases['leases']['source'] AS lease_sources,
              recovery['stage'] AS recovery_stage,
              recovery['size']['percent'] AS recovery_percent
            FROM sys.shards
            WHERE %s
            ORDER BY id, "primary" DESC, node_name\
            """
                .formatted(shardsOf(table)))
        .about(table);
  }

  /** Drops one replica copy, so that CrateDB builds it anew. */
  public static Statement cancelReplica(TableRef table, long shard, String node) {
    return Statement.write(
            "ALTER TABLE %s REROUTE CANCEL SHARD %s ON %s WITH (allow_primary = false)"
                .formatted(table.sqlTarget(), shard, SqlText.text(node)))
        .about(table);
  }

  /**
   * The setting that lets CrateDB move shards: {@code all}, {@code primaries}, … or {@code none}.
   */
  public static Statement rebalance() {
    return Statement.read(
        "SELECT settings['cluster']['routing']['rebalance']['enable'] AS rebalance FROM"
            + " sys.cluster");
  }

  /** Removes what was set of where CrateDB may move shards, TRANSIENT and PERSISTENT. */
  public static Statement resetRebalance() {
    return Statement.write("RESET GLOBAL \"cluster.routing.rebalance.enable\"");
  }

  /** Sets where CrateDB may move shards, until the next full restart of the cluster. */
  public static Statement setRebalance(String enable) {
    return Statement.write(
        "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = " + SqlText.text(enable));
  }
}
