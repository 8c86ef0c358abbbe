package xmover.cluster.sql;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import xmover.cluster.Statement;
import xmover.table.Bytes;
import xmover.table.SqlText;
import xmover.table.TableRef;

/** The statement texts detection asks a cluster with: who we are, which tables, which copies. */
public final class DetectionSql {
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

  private static final String ALLOCATIONS =
      """
      SELECT table_schema, table_name, '' AS partition_ident,
        settings['routing']['allocation'] AS allocation
      FROM information_schema.tables
      WHERE table_name IN (%1$s)
      UNION ALL
      SELECT table_schema, table_name, partition_ident,
        settings['routing']['allocation'] AS allocation
      FROM information_schema.table_partitions
      WHERE table_name IN (%1$s)\
      """;

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
        count(*) FILTER (WHERE translog_stats['uncommitted_size'] IS NULL) AS unreported,
        max(path) AS index_uuid
      FROM sys.shards
      GROUP BY schema_name, table_name, coalesce(partition_ident, '')\
      """;

  private static final String REPLICAS =
      """
      SELECT schema_name, table_name, coalesce(partition_ident, '') AS partition_ident, id, "primary", state,
        routing_state, relocating_node, node['name'] AS node_name, size, translog_stats['size'] AS translog,
        translog_stats['uncommitted_size'] AS uncommitted,
        translog_stats['uncommitted_operations'] AS uncommitted_operations,
        seq_no_stats['max_seq_no'] AS max_seq_no,
        seq_no_stats['local_checkpoint'] AS local_checkpoint,
        seq_no_stats['global_checkpoint'] AS global_checkpoint,
        flush_stats['count'] AS flushes
      FROM sys.shards
      WHERE NOT "primary" AND (translog_stats['uncommitted_size'] > $1
        OR seq_no_stats['local_checkpoint'] < seq_no_stats['max_seq_no']
        OR (state = 'STARTED' AND seq_no_stats['local_checkpoint'] IS NULL))
      ORDER BY uncommitted DESC\
      """;

  private static final String UNASSIGNED =
      """
      SELECT table_schema AS schema_name, table_name,
        coalesce(partition_ident, '') AS partition_ident, shard_id, "primary", decisions
      FROM sys.allocations
      WHERE current_state = 'UNASSIGNED'
      ORDER BY 1, 2, 3, 4\
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

  // Any privilege on the cluster, AL too, shows a user every table; one of these two may come
  // through a role, which sys.privileges does not tell.
  static final String SEES_EVERY_TABLE =
      """
      (has_schema_privilege('no such schema', 'USAGE')
            OR has_schema_privilege('no such schema', 'CREATE')
            OR (SELECT count(*) FROM sys.privileges
              WHERE grantee = current_user AND state = 'GRANT' AND class = 'CLUSTER') > 0)
          AND (SELECT count(*) FROM sys.privileges
            WHERE grantee = current_user AND state = 'DENY') = 0\
      """;

  private static final String READINESS =
      """
      SELECT id, settings['gateway'] AS gateway,
        (SELECT count(*) FROM sys.nodes) AS nodes,
        (SELECT count(*) FROM information_schema.tables
          WHERE table_type = 'BASE TABLE'
            AND table_schema NOT IN ('sys', 'information_schema', 'pg_catalog')) AS tables,
        (SELECT sum(missing_shards) FROM sys.health) AS missing_primaries,
        (SELECT superuser FROM sys.users WHERE name = current_user) AS superuser,
        %s AS sees_every_table
      FROM sys.cluster\
      """
          .formatted(SEES_EVERY_TABLE);

  // The second message is that of a column with INDEX OFF and the column store on. The text that
  // was refused follows in both, as numbers: they stay where they are.
  private static final String REFUSED_TEXTS =
      """
      SELECT substr(stmt, 1, 2000) AS stmt, username, ended::bigint AS ended_at
      FROM sys.jobs_log
      WHERE error LIKE '%%immense term%%' OR error LIKE '%%DocValuesField%%too large%%'
      ORDER BY ended DESC
      LIMIT %s\
      """;

  // A character has four bytes at most. What INDEX OFF is set for stands in no table; by what
  // a table is partitioned is not indexed.
  private static final String TEXT_COLUMNS =
      """
      SELECT c.table_schema AS table_schema, c.table_name AS table_name, c.column_name AS column_name
      FROM information_schema.columns c
      JOIN information_schema.tables t
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name
      WHERE (c.table_schema || '.' || c.table_name) = ANY($1)
        AND c.data_type IN ('text', 'text_array')
        AND (c.character_maximum_length IS NULL OR c.character_maximum_length > 8191)
        AND (t.partitioned_by IS NULL OR NOT (c.column_name = ANY(t.partitioned_by)))
      ORDER BY c.table_schema, c.table_name, c.ordinal_position
      LIMIT %s\
      """;

  private DetectionSql() {}

  /** Whether the cluster shows its tables, and shows us all of them: one row. */
  public static Statement readiness() {
    return Statement.read(READINESS);
  }

  /** What the cluster says of its own state: one row. Since CrateDB 6.0. */
  public static Statement clusterState() {
    return Statement.read("SELECT description FROM sys.cluster_health");
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

  /** Where shards may go, of many tables at once, by their names: of other schemas, too. */
  public static Statement allocations(Collection<String> names) {
    return Statement.read(
        ALLOCATIONS.formatted(names.stream().sorted().map(SqlText::text).collect(joining(", "))));
  }

  /** The settings of one table or partition and where its shards may go; no row when it is gone. */
  public static Statement relation(TableRef table) {
    boolean partition = table.partition().isPresent();
    return Statement.read(
            """
            SELECT table_schema, table_name, %s, %s%s,
              settings['routing']['allocation'] AS allocation
            FROM information_schema.%s
            WHERE table_schema = %s AND table_name = %s%s\
            """
                .formatted(
                    partition
                        ? "partition_ident, \"values\" AS partition_values"
                        : "'' AS partition_ident, NULL::object AS partition_values",
                    SETTINGS,
                    ALTERABLE,
                    partition ? "table_partitions" : "tables",
                    SqlText.text(table.schema()),
                    SqlText.text(table.name()),
                    table
                        .partition()
                        .map(p -> " AND partition_ident = " + SqlText.text(p.ident()))
                        .orElse("")))
        .about(table);
  }

  /** The newest statements that were refused for a text too long for an index. */
  public static Statement refusedTexts(int most) {
    return Statement.read(REFUSED_TEXTS.formatted(most));
  }

  /**
   * The columns of tables that such a text may be written to.
   *
   * @param tables schema and name with a dot between them, as they are
   */
  public static Statement textColumns(List<String> tables, int most) {
    return Statement.read(TEXT_COLUMNS.formatted(most), tables);
  }

  /** The shard copies of every table and partition, counted by CrateDB itself. */
  public static Statement shardTotals(Bytes problematicAbove) {
    return Statement.read(SHARD_TOTALS, problematicAbove.value());
  }

  /** Why copies have no node, of every table the user may see. */
  public static Statement unassigned() {
    return Statement.read(UNASSIGNED);
  }

  /**
   * The replica copies whose uncommitted translog exceeds a size, worst first, and those that may
   * miss an operation: they are behind themselves, or do not say.
   */
  public static Statement replicas(Bytes above) {
    return Statement.read(REPLICAS, above.value());
  }
}
