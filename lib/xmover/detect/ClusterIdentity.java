package xmover.detect;

import io.vertx.core.Future;
import java.util.List;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.sql.DetectionSql;

/**
 * Which cluster answers, and who we are in it.
 *
 * @param versions every version that runs in it; more than one while it is being upgraded
 * @param rebalance {@code cluster.routing.rebalance.enable} as it is in force
 */
public record ClusterIdentity(
    String id,
    String name,
    List<String> versions,
    List<String> nodes,
    String user,
    boolean superuser,
    String rebalance) {
  /** Asks the cluster. */
  static Future<ClusterIdentity> of(Cluster cluster) {
    return cluster.execute(DetectionSql.identity()).map(rows -> of(Row.first(rows, "sys.cluster")));
  }

  private static ClusterIdentity of(Row row) {
    return new ClusterIdentity(
        String.valueOf(row.text("id")),
        String.valueOf(row.text("name")),
        row.texts("versions"),
        row.texts("nodes"),
        String.valueOf(row.text("user_name")),
        row.flag("superuser"),
        String.valueOf(row.text("rebalance")));
  }
}
