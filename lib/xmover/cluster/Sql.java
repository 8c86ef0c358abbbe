package xmover.cluster;

import xmover.table.Bytes;
import xmover.table.ReplicaSetting;
import xmover.table.SqlText;
import xmover.table.TableRef;

/** Every statement text XMover sends, in one place. */
public final class Sql {
  private static final String IDENTITY =
      """
      SELECT id, name, current_user AS user_name,
        (SELECT superuser FROM sys.users WHERE name = current_user) AS superuser,
        ARRAY(SELECT DISTINCT version['number'] FROM sys.nodes) AS versions,
        ARRAY(SELECT name FROM sys.nodes ORDER BY name) AS nodes,
        settings['cluster']['routing']['rebalance']['enable'] AS rebalance
      FROM sys.cluster\
      """;

  // A user without a DDL privilege on the schema may hold one on the table, itself or through a
  // role.
  private static final String ALTERABLE =
      """
      (has_schema_privilege(table_schema, 'CREATE')
          OR table_schema || '.' || table_name IN (
            SELECT ident FROM sys.privileges
            WHERE type = 'DDL' AND class = 'TABLE' AND state = 'GRANT'
              AND grantee NOT IN (SELECT name FROM sys.users WHERE name <> current_user)))
        AND table_schema || '.' || table_name NOT IN (
          SELECT ident FROM sys.privileges
          WHERE type = 'DDL' AND class = 'TABLE' AND state = 'DENY' AND grantee = current_user)
        AS alterable\
      """;

  private static final String SETTINGS =
      """
      number_of_replicas, closed, version['created'] AS created_version,
        settings['translog']['flush_threshold_size'] AS flush_threshold,
        settings['blocks']['read_only'] AS read_only,
        settings['blocks']['read_only_allow_delete'] AS read_only_allow_delete,
        settings['blocks']['metadata'] AS metadata_blocked,
        settings['write']['wait_for_active_shards'] AS wait_for_active_shards,
      """;

  private static final String RELATIONS =
      """
      SELECT table_schema, table_name, '' AS partition_ident, NULL::object AS partition_values,
        %1$s%2$s
      FROM information_schema.tables
      WHERE table_type = 'BASE TABLE'
        AND table_schema NOT IN ('sys', 'information_schema', 'pg_catalog')
      UNION ALL
      SELECT table_schema, table_name, partition_ident, "values" AS partition_values,
        %1$s%2$s
      FROM information_schema.table_partitions\
      """
          .formatted(SETTINGS, ALTERABLE);

  private static final String SHARD_TOTALS =
      """
      SELECT schema_name, table_name, coalesce(partition_ident, '') AS partition_ident,
        count(*) FILTER (WHERE "primary") AS primaries,
        count(*) FILTER (WHERE NOT "primary") AS replicas,
        count(*) FILTER (WHERE NOT "primary" AND translog_stats['uncommitted_size'] > $1)
          AS problematic_replicas,
        max(translog_stats['uncommitted_size']) FILTER (WHERE NOT "primary")
          AS largest_replica_translog,
        max(translog_stats['uncommitted_size']) FILTER (WHERE "primary")
          AS largest_primary_translog,
        sum(size) FILTER (WHERE "primary") AS primary_bytes,
        count(*) FILTER (WHERE translog_stats['uncommitted_size'] IS NULL) AS unreported
      FROM sys.shards
      GROUP BY schema_name, table_name, coalesce(partition_ident, '')\
      """;

  private static final String PROBLEMATIC_REPLICAS =
      """
      SELECT schema_name, table_name, coalesce(partition_ident, '') AS partition_ident, id, "primary", state,
        node['name'] AS node_name, size, translog_stats['size'] AS translog,
        translog_stats['uncommitted_size'] AS uncommitted,
        translog_stats['uncommitted_operations'] AS uncommitted_operations,
        seq_no_stats['max_seq_no'] AS max_seq_no,
        seq_no_stats['local_checkpoint'] AS local_checkpoint,
        seq_no_stats['global_checkpoint'] AS global_checkpoint
      FROM sys.shards
      WHERE NOT "primary" AND translog_stats['uncommitted_size'] > $1
      ORDER BY uncommitted DESC\
      """;

  private static final String VISIBILITY =
      """
      SELECT
        ARRAY(SELECT state || ' ' || type || ' ON ' || class || coalesce(' ' || ident, '')
          FROM sys.privileges WHERE grantee = current_user ORDER BY 1) AS privileges,
        (SELECT count(*) FROM information_schema.tables
          WHERE table_type = 'BASE TABLE'
            AND table_schema NOT IN ('sys', 'information_schema', 'pg_catalog')) AS visible_tables\
      """;

  private Sql() {}

  /** The least a cluster can be asked. */
  public static Statement ping() {
    return Statement.read("SELECT 1");
  }

  /** Which cluster this is, and who we are in it: one row. */
  public static Statement identity() {
    return Statement.read(IDENTITY);
  }

  /** What the user may do and how many tables it sees: one row. */
  public static Statement visibility() {
    return Statement.read(VISIBILITY);
  }

  /** The settings of every table and every partition the user may see. */
  public static Statement relations() {
    return Statement.read(RELATIONS);
  }

  /** The shard copies of every table and partition, counted by CrateDB itself. */
  public static Statement shardTotals(Bytes problematicAbove) {
    return Statement.read(SHARD_TOTALS, problematicAbove.value());
  }

  /** The replica copies whose uncommitted translog exceeds a size, worst first. */
  public static Statement problematicReplicas(Bytes above) {
    return Statement.read(PROBLEMATIC_REPLICAS, above.value());
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

  private static String shardsOf(TableRef table) {
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
            "ALTER TABLE %s REROUTE CANCEL SHARD %d ON %s WITH (allow_primary = false)"
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

  /** Sets where CrateDB may move shards, until the next full restart of the cluster. */
  public static Statement setRebalance(String enable) {
    return Statement.write(
        "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = " + SqlText.text(enable));
  }
}
