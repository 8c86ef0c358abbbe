package xmover.cluster.wire;

import static xmover.cluster.connection.TinyCrateDb.get;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.Sql;

class ClosingTest {
  @ParameterizedTest
  @EnumSource
  void both_pools_close_in_good_order(Transport transport) {
    try (var db = new TinyCrateDb()) {
      var pools = Clusters.open(db.vertx, db.settings(transport), new SameCluster(told -> {}));
      get(pools.cluster().execute(Sql.ping()));
      get(pools.urgent().execute(Sql.ping()));
      get(pools.cluster().close());
      get(pools.urgent().close());
    }
  }
}
