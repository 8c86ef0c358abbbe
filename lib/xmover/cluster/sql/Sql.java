package xmover.cluster.sql;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import xmover.cluster.Statement;
import xmover.table.IndexUuid;
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

  /**
   * The leases on every primary of a table or partition, one row per shard, and with each row what
   * would make them say nothing: another cluster, another table of that name, another setting.
   */
  public static Statement leases(TableRef table, UuidColumn uuid) {
    return Statement.read(
            """
            SELECT id, state, routing_state, node['name'] AS node_name,
              retention_leases['leases']['source'] AS lease_sources, %1$s AS index_uuid,
              (SELECT number_of_replicas %2$s) AS number_of_replicas,
              (SELECT closed %2$s) AS closed,
              (SELECT id FROM sys.cluster) AS cluster_id
            FROM sys.shards
            WHERE %3$s AND "primary"
            ORDER BY id\
            """
                .formatted(uuid.column(), inCatalogue(table), shardsOf(table)))
        .about(table);
  }

  /** The leases alone, for whoever looks at them by hand. */
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

  /**
   * What lets a user see every table and the statements of others, and hold rebalancing; it lets it
   * read none of the data.
   */
  public static String grantAl(String user) {
    return grant("AL", "", user);
  }

  /** What lets a user alter a table. */
  public static String grantDdl(TableRef table, String user) {
    return grant("DDL", " ON TABLE " + table.sqlName(), user);
  }

  /**
   * What gives a user a privilege, as it is typed.
   *
   * @param on where, beginning with a blank; nothing for all of the cluster
   */
  public static String grant(String privilege, String on, String user) {
    return "GRANT " + privilege + on + " TO " + SqlText.identifier(user);
  }

  private static String shardsOf(TableRef table) {
    return "schema_name = %s AND table_name = %s AND coalesce(partition_ident, '') = %s"
        .formatted(
            SqlText.text(table.schema()),
            SqlText.text(table.name()),
            SqlText.text(table.partitionIdent()));
  }

  /**
   * The setting of one table or partition, how many primaries it has, and which cluster and index
   * that is; no row when the catalogue does not show it.
   */
  public static Statement setting(TableRef table, UuidColumn uuid) {
    return setting(
        table,
        "(SELECT max(%s) FROM sys.shards WHERE %s)".formatted(uuid.column(), shardsOf(table)));
  }

  /**
   * The same without the index: it asks no other node, so that a frozen one does not hold it up.
   */
  public static Statement settingAlone(TableRef table) {
    return setting(table, "NULL");
  }

  private static Statement setting(TableRef table, String uuid) {
    return Statement.read(
            """
            SELECT number_of_replicas, number_of_shards AS primaries, closed, %s,
              (SELECT id FROM sys.cluster) AS cluster_id,
              %s AS index_uuid
            %s\
            """
                .formatted(
                    table.partition().isPresent()
                        ? "\"values\" AS partition_values"
                        : "NULL::object AS partition_values",
                    uuid,
                    inCatalogue(table)))
        .about(table);
  }

  private static String inCatalogue(TableRef table) {
    return "FROM information_schema.%s WHERE table_schema = %s AND table_name = %s%s"
        .formatted(
            table.partition().isPresent() ? "table_partitions" : "tables",
            SqlText.text(table.schema()),
            SqlText.text(table.name()),
            table
                .partition()
                .map(p -> " AND partition_ident = " + SqlText.text(p.ident()))
                .orElse(""));
  }

  /** By which name an index goes now: a row for each of its shards. */
  public static Statement named(IndexUuid uuid, UuidColumn column) {
    return Statement.read(
        """
        SELECT schema_name, table_name, coalesce(partition_ident, '') AS partition_ident,
          %s AS index_uuid, (SELECT id FROM sys.cluster) AS cluster_id
        FROM sys.shards
        WHERE %s\
        """
            .formatted(column.column(), column.isOf(uuid)));
  }

  /** Every copy of a table's or partition's shards; read by {@code CopyState}. */
  public static Statement copies(TableRef table) {
    return Statement.read(copies("", shardsOf(table))).about(table);
  }

  /** The same of many tables at once, by their names: of other schemas and partitions, too. */
  public static Statement copies(Collection<String> names) {
    return Statement.read(
        copies(
            "schema_name, table_name, coalesce(partition_ident, '') AS partition_ident, ",
            "table_name IN (%s)"
                .formatted(names.stream().sorted().map(SqlText::text).collect(joining(", ")))));
  }

  private static String copies(String more, String which) {
    return """
    SELECT %sid, "primary", path, state, routing_state, node['name'] AS node_name,
      relocating_node, size, num_docs, translog_stats['uncommitted_size'] AS uncommitted,
      seq_no_stats['max_seq_no'] AS max_seq_no,
      seq_no_stats['local_checkpoint'] AS local_checkpoint,
      seq_no_stats['global_checkpoint'] AS global_checkpoint,
      retention_leases['leases']['source'] AS lease_sources,
      recovery['stage'] AS recovery_stage,
      recovery['size']['percent'] AS recovery_percent
    FROM sys.shards
    WHERE %s
    ORDER BY id, "primary" DESC, node_name\
    """
        .formatted(more, which);
  }

  /** Builds a copy anew on a node that has none of the shard, and drops the old one then. */
  public static Statement moveShard(TableRef table, long shard, String from, String to) {
    return Statement.write(
            "ALTER TABLE %s REROUTE MOVE SHARD %s FROM %s TO %s"
                .formatted(table.sqlTarget(), shard, SqlText.text(from), SqlText.text(to)))
        .about(table);
  }

  /** Lets CrateDB try again to assign the copies that it gave up on. */
  public static Statement retryFailed() {
    return Statement.write("ALTER CLUSTER REROUTE RETRY FAILED");
  }

  /** The same for the sake of one table; it concerns those of others, too. */
  public static Statement retryFailed(TableRef table) {
    return retryFailed().about(table);
  }

  /** Why copies of a table have no node, as the cluster explains it. */
  public static Statement unassigned(TableRef table) {
    return Statement.read(
            """
            SELECT shard_id, "primary", decisions
            FROM sys.allocations
            WHERE table_schema = %s AND table_name = %s AND coalesce(partition_ident, '') = %s
              AND current_state = 'UNASSIGNED'
            ORDER BY shard_id\
            """
                .formatted(
                    SqlText.text(table.schema()),
                    SqlText.text(table.name()),
                    SqlText.text(table.partitionIdent())))
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
