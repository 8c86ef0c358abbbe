package xmover.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import cratesim.faults.Fault;
import cratesim.faults.Fault.Disruption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;
import xmover.cluster.wire.Clusters;
import xmover.cluster.wire.SameCluster;

/** New connections refused after the ALTER cost six minutes at zero, with an idle one at hand. */
class NewConnectionsRefusedAtZeroTest {
  private static final Statement ONE = Statement.read("SELECT 1");
  private static final Statement RESTORE =
      Statement.write("ALTER TABLE \"doc\".\"t\" SET (\"number_of_replicas\" = '2')");

  private final TinyCrateDb db = new TinyCrateDb();

  @AfterEach
  void stop() {
    db.close();
  }

  private Clusters.Pools open(Transport transport) {
    return Clusters.open(db.vertx, db.settings(transport), new SameCluster(told -> {}));
  }

  @ParameterizedTest
  @EnumSource
  void a_restore_goes_over_the_connection_that_the_reads_do_not_use(Transport transport) {
    var pools = open(transport);
    get(pools.cluster().execute(ONE));
    db.faults.set(Fault.refuseConnections());
    get(pools.urgent().execute(RESTORE));
    get(pools.urgent().execute(RESTORE));
    assertEquals(2, db.log.matching("ALTER").size());
  }

  @ParameterizedTest
  @EnumSource
  void its_own_connection_stays_its_own(Transport transport) {
    var pools = open(transport);
    get(pools.urgent().execute(ONE));
    db.faults.set(Fault.refuseConnections());
    assertEquals(Kind.UNREACHABLE, failure(pools.cluster().execute(ONE)).kind());
    get(pools.urgent().execute(RESTORE));
  }

  @ParameterizedTest
  @EnumSource
  void a_write_that_may_have_arrived_is_not_sent_again(Transport transport) {
    var pools = open(transport);
    get(pools.cluster().execute(ONE));
    get(pools.urgent().execute(ONE));
    db.faults.set(Fault.refuseConnections(), Fault.on("ALTER", Disruption.CLOSE_AFTER_EXECUTING));
    assertEquals(Kind.CONNECTION_LOST, failure(pools.urgent().execute(RESTORE)).kind());
    assertEquals(1, db.log.matching("ALTER").size());
  }
}
