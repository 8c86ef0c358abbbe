package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import cratesim.faults.Fault;
import cratesim.faults.Fault.Disruption;
import io.vertx.core.Future;
import io.vertx.core.net.NetServerOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;

/** Only the first address of a name was tried: a dead one kept a restore from every other. */
class DeadFirstAddressTest {
  private static final Statement ONE = Statement.read("SELECT 1");

  static Future<InetAddress[]> addresses(String name, String... addresses) {
    var all = new InetAddress[addresses.length];
    for (int i = 0; i < all.length; i++) {
      try {
        all[i] = InetAddress.getByAddress(name, InetAddress.getByName(addresses[i]).getAddress());
      } catch (UnknownHostException impossible) {
        throw new AssertionError(impossible);
      }
    }
    return Future.succeededFuture(all);
  }

  /** Nobody listens at 127.0.0.2, as the servers listen at 127.0.0.1 alone. */
  private static Cluster open(TinyCrateDb db, ConnectionSettings settings, String... addresses) {
    return Clusters.open(
            db.vertx, settings, new SameCluster(told -> {}), name -> addresses(name, addresses))
        .cluster();
  }

  @ParameterizedTest
  @EnumSource
  void the_next_address_of_the_name_is_tried(Transport transport) {
    try (var db = new TinyCrateDb()) {
      var cluster = open(db, db.settings(transport), "127.0.0.2", "127.0.0.1");
      assertEquals(1, get(cluster.execute(ONE)).size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_address_that_leads_to_another_cluster_is_passed_over(Transport transport) {
    try (var ours = new TinyCrateDb("ours")) {
      var same = new SameCluster(told -> {});
      same.refusal(new HostPort("h", 1), "ours");
      int port = ours.port(transport);
      var local = new NetServerOptions().setHost("127.0.0.2").setPort(port);
      try (var theirs = new TinyCrateDb("theirs")) {
        var client = theirs.vertx.createNetClient();
        get(
            theirs
                .vertx
                .createNetServer(local)
                .connectHandler(
                    socket -> {
                      socket.pause();
                      client
                          .connect(theirs.port(transport), "127.0.0.1")
                          .onSuccess(
                              there -> {
                                socket.pipeTo(there);
                                there.pipeTo(socket);
                              });
                    })
                .listen());
        var cluster =
            Clusters.open(
                    ours.vertx,
                    ours.settings(transport),
                    same,
                    name -> addresses(name, "127.0.0.2", "127.0.0.1"))
                .cluster();
        assertEquals(1, get(cluster.execute(ONE)).size());
        assertEquals(1, theirs.log.matching("sys.cluster").size());
        assertEquals(1, ours.log.matching("SELECT 1").size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_address_that_worked_is_the_first_one_next_time(Transport transport) {
    var silent = new AtomicInteger();
    try (var db = new TinyCrateDb()) {
      var local = new NetServerOptions().setHost("127.0.0.2").setPort(db.port(transport));
      var counting = db.vertx.createNetServer(local);
      get(
          counting
              .connectHandler(
                  socket -> {
                    silent.incrementAndGet();
                    socket.close();
                  })
              .listen());
      var cluster = open(db, db.settings(transport), "127.0.0.2", "127.0.0.1");
      get(cluster.execute(ONE));
      assertEquals(1, silent.get());
      db.faults.set(Fault.on("SELECT 1", Disruption.CLOSE_BEFORE_EXECUTING).firstTimes(1));
      failure(cluster.execute(ONE));
      get(cluster.execute(ONE));
      assertEquals(1, silent.get());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_went_wrong_at_one_address_is_told_rather_than_that_nobody_listens(Transport transport) {
    try (var db = new TinyCrateDb()) {
      db.becomes("theirs");
      var same = new SameCluster(told -> {});
      same.refusal(new HostPort("h", 1), "ours");
      var cluster =
          Clusters.open(
                  db.vertx,
                  db.settings(transport),
                  same,
                  name -> addresses(name, "127.0.0.1", "127.0.0.2"))
              .cluster();
      assertEquals(Kind.OTHER_CLUSTER, failure(cluster.execute(ONE)).kind());
    }
  }
}
