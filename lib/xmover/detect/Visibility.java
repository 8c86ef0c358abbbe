package xmover.detect;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.sql.DetectionSql;

/**
 * What a user gets to see of a cluster.
 *
 * @param privileges as CrateDB lists them, {@code GRANT DDL ON SCHEMA doc}; those of roles are not
 *     among them, and a superuser needs none
 * @param visibleTables tables the user sees, a partitioned one counted once
 */
public record Visibility(ClusterIdentity cluster, List<String> privileges, long visibleTables) {
  /** Asks the cluster. */
  public static Future<Visibility> of(Cluster cluster) {
    return ClusterIdentity.of(cluster)
        .compose(
            identity ->
                cluster
                    .execute(DetectionSql.visibility())
                    .map(rows -> visibility(identity, Row.first(rows, "sys.privileges"))))
        .compose(
            seen ->
                // Who sees no table at all may be looking at a cluster that shows none yet.
                seen.visibleTables() > 0
                    ? Future.succeededFuture(seen)
                    : Readiness.require(cluster).map(seen));
  }

  private static Visibility visibility(ClusterIdentity identity, Row row) {
    long tables = Objects.requireNonNullElse(row.number("visible_tables"), 0L);
    return new Visibility(identity, row.texts("privileges"), tables);
  }
}
