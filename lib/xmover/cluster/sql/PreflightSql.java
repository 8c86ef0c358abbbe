package xmover.cluster.sql;

import java.time.Duration;
import java.util.Locale;
import xmover.cluster.Statement;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * The statement texts the gates ask a cluster with. What is asked before each table has that table
 * in its WHERE: a cluster may hold ten thousand.
 */
public final class PreflightSql {
  private static final String CLUSTER =
      """
      SELECT settings['cluster'] AS "cluster", settings['gateway'] AS gateway,
        settings['stats'] AS stats, current_user AS user_name,
        (SELECT superuser FROM sys.users WHERE name = current_user) AS superuser,
        %s AS sees_every_table,
        (SELECT count(*) FROM sys.privileges
          WHERE grantee = current_user AND state = 'GRANT' AND type = 'AL') > 0 AS sees_every_job
      FROM sys.cluster\
      """
          .formatted(DetectionSql.SEES_EVERY_TABLE);

  private static final String NODES =
      """
      SELECT name, id, version['number'] AS version, hostname, rest_url, attributes,
        fs['total']['size'] AS disk_size, fs['total']['available'] AS disk_available%s
      FROM sys.nodes
      ORDER BY name\
      """;

  // A closed table does not count against the limit; an unassigned copy has NULL for closed.
  private static final String SHARDS =
      """
      SELECT node['name'] AS node_name, count(*) AS shards
      FROM sys.shards
      WHERE coalesce(closed, false) = false
      GROUP BY node['name']\
      """;

  private static final String NEWEST_SNAPSHOTS =
      """
      SELECT index_name, current_timestamp::bigint - max(finished)::bigint AS age
      FROM (
        SELECT unnest(concrete_indices) AS index_name, finished
        FROM sys.snapshots
        WHERE state = 'SUCCESS') AS snapshots
      GROUP BY index_name\
      """;

  private PreflightSql() {}

  /** The settings in force and what the user gets to see: one row. */
  public static Statement cluster() {
    return Statement.read(CLUSTER);
  }

  /**
   * Every node. One that is frozen has no version and no disk here, after 3 s.
   *
   * @param roles whether this CrateDB tells them: since 6.2
   */
  public static Statement nodes(boolean roles) {
    return Statement.read(NODES.formatted(roles ? ", roles" : ""));
  }

  /** The nodes and whether they answer, for the watch. */
  public static Statement nodeVersions() {
    return Statement.read("SELECT name, version['number'] AS version FROM sys.nodes");
  }

  /** The health of the whole cluster: one row. Since CrateDB 6.0. */
  public static Statement clusterHealth() {
    return Statement.read("SELECT health, missing_shards FROM sys.cluster_health");
  }

  /** Both at once, the health beside each node. Since CrateDB 6.0. */
  public static Statement nodesAndHealth() {
    return Statement.read(
        "SELECT name, version['number'] AS version,"
            + " (SELECT health FROM sys.cluster_health) AS health,"
            + " (SELECT missing_shards FROM sys.cluster_health) AS missing_shards FROM sys.nodes");
  }

  /** The same on older versions, of the tables the user sees: one row for each health there is. */
  public static Statement health() {
    return Statement.read(
        "SELECT health, sum(missing_shards) AS missing_shards FROM sys.health GROUP BY health");
  }

  /** The snapshots that are being taken. */
  public static Statement snapshots() {
    return Statement.read("SELECT repository, name FROM sys.snapshots WHERE state = 'IN_PROGRESS'");
  }

  /** When each index was last in a snapshot that succeeded, and how long ago that is. */
  public static Statement newestSnapshots() {
    return Statement.read(NEWEST_SNAPSHOTS);
  }

  /** How fast a node may build copies: one row. */
  public static Statement recoverySpeed() {
    return Statement.read(
        "SELECT settings['indices']['recovery']['max_bytes_per_sec'] AS max_bytes_per_sec"
            + " FROM sys.cluster");
  }

  /** How many shard copies of open tables each node holds; unassigned ones have no node. */
  public static Statement shards() {
    return Statement.read(SHARDS);
  }

  /**
   * The statements that run at this moment and mention the table's name; and those that ended
   * lately, mention it, and may have changed more than rows.
   */
  public static Statement statements(TableRef table, Duration lately) {
    return Statement.read(
            """
            SELECT true AS running, stmt, username
            FROM sys.jobs
            WHERE lower(stmt) LIKE %1$s
            UNION ALL
            SELECT false AS running, stmt, username
            FROM sys.jobs_log
            WHERE ended > current_timestamp::bigint - %2$s AND lower(stmt) LIKE %1$s
              AND error IS NULL
              AND classification['type'] NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')\
            """
                .formatted(mentioning(table), lately.toMillis()))
        .about(table);
  }

  /** Unquoted names are lower-cased by CrateDB; {@code %}, {@code _} and \\ mean others in LIKE. */
  private static String mentioning(TableRef table) {
    String name = table.name().toLowerCase(Locale.ROOT).replace("\"", "\"\"");
    return SqlText.text("%" + name.replaceAll("[\\\\%_]", "\\\\$0") + "%");
  }
}
