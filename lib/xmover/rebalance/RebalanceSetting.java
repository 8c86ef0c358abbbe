package xmover.rebalance;

import io.vertx.core.Future;
import java.util.Objects;
import xmover.cluster.Cluster;
import xmover.cluster.sql.Sql;

/** Where CrateDB may move shards, as it is in force; SQL does not tell who set it, or how. */
record RebalanceSetting(Cluster cluster) {
  Future<String> read() {
    return cluster
        .execute(Sql.rebalance())
        .map(rows -> Objects.requireNonNull(rows.get(0).text("rebalance"), "no rebalancing told"));
  }
}
