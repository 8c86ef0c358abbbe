package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import cratesim.faults.Fault;
import cratesim.faults.Fault.Disruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;

/** A restore that went to another cluster set the replicas there, and left the real table at 0. */
class TwoClustersBehindOneUrlTest {
  private static final Statement READ = Statement.read("SELECT 1");
  private static final Statement RESTORE =
      Statement.write("ALTER TABLE \"doc\".\"t\" SET (\"number_of_replicas\" = '2')");

  private final TinyCrateDb ours = new TinyCrateDb("ours");
  private final TinyCrateDb theirs = new TinyCrateDb("theirs");
  private final List<String> warnings = new ArrayList<>();
  private final SameCluster sameCluster = new SameCluster(warnings::add);

  @AfterEach
  void stop() {
    ours.close();
    theirs.close();
  }

  private Cluster open(Transport transport, TinyCrateDb... hosts) {
    var settings = ours.settings(transport);
    return Clusters.open(
            ours.vertx,
            new ConnectionSettings(
                transport,
                List.of(hosts).stream()
                    .map(db -> new HostPort("127.0.0.1", db.port(transport)))
                    .toList(),
                settings.schema(),
                settings.credentials(),
                settings.tls(),
                Optional.empty(),
                settings.timeouts(),
                2,
                false),
            sameCluster)
        .cluster();
  }

  private static void drop(TinyCrateDb db) {
    db.faults.set(Fault.refuseConnections(), Fault.on("", Disruption.CLOSE_BEFORE_EXECUTING));
  }

  @ParameterizedTest
  @EnumSource
  void with_our_cluster_dead_nothing_goes_to_the_other(Transport transport) {
    var cluster = open(transport, ours, theirs);
    get(cluster.execute(READ));
    drop(ours);
    // The first one breaks the connection, the others find no new one.
    failure(cluster.execute(RESTORE));
    for (Statement statement : List.of(RESTORE, READ)) {
      var failure = failure(cluster.execute(statement));
      assertTrue(failure.kind().isConnection(), failure.getMessage());
      assertTrue(failure.getMessage().contains("theirs"), failure.getMessage());
      assertTrue(failure.getMessage().contains("ours"), failure.getMessage());
    }
    assertEquals(List.of(), theirs.log.matching("ALTER|SELECT 1"));
  }

  @ParameterizedTest
  @EnumSource
  void a_host_of_another_cluster_is_passed_over_and_told_once(Transport transport) {
    get(open(transport, ours).execute(READ));
    var cluster = open(transport, theirs, ours);
    get(cluster.execute(RESTORE));
    get(open(transport, theirs, ours).execute(RESTORE));
    assertEquals(2, ours.log.matching("ALTER").size());
    assertEquals(List.of(), theirs.log.matching("ALTER"));
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(
        warnings.get(0).startsWith("127.0.0.1:" + theirs.port(transport) + ": "), warnings.get(0));
  }

  @ParameterizedTest
  @EnumSource
  void an_address_that_changes_hands_is_refused_at_the_next_connection(Transport transport) {
    var cluster = open(transport, ours);
    get(cluster.execute(READ));
    ours.becomes("theirs");
    ours.faults.set(Fault.on("SELECT 1", Disruption.CLOSE_BEFORE_EXECUTING).firstTimes(1));
    assertEquals(Kind.CONNECTION_LOST, failure(cluster.execute(READ)).kind());
    assertEquals(Kind.OTHER_CLUSTER, failure(cluster.execute(RESTORE)).kind());
    assertEquals(List.of(), ours.log.matching("ALTER"));
  }

  @ParameterizedTest
  @EnumSource
  void what_was_refused_is_ours_again_when_the_address_comes_back(Transport transport) {
    var cluster = open(transport, theirs);
    get(open(transport, ours).execute(READ));
    assertEquals(Kind.OTHER_CLUSTER, failure(cluster.execute(RESTORE)).kind());
    theirs.becomes("ours");
    get(cluster.execute(RESTORE));
    assertEquals(1, theirs.log.matching("ALTER").size());
  }

  @Test
  void a_balancer_that_leads_an_open_http_connection_elsewhere_gets_no_write() {
    var cluster = open(Transport.HTTP, ours);
    get(cluster.execute(READ));
    ours.becomes("theirs");
    assertEquals(Kind.OTHER_CLUSTER, failure(cluster.execute(RESTORE)).kind());
    assertEquals(List.of(), ours.log.matching("ALTER"));
  }

  @Test
  void after_a_failure_each_open_http_connection_proves_itself_again() {
    var cluster = open(Transport.HTTP, ours);
    var both = List.of(cluster.execute(READ), cluster.execute(READ));
    both.forEach(TinyCrateDb::get);
    ours.becomes("theirs");
    ours.faults.set(Fault.on("SELECT 1", Disruption.CLOSE_BEFORE_EXECUTING).firstTimes(1));
    assertEquals(Kind.CONNECTION_LOST, failure(cluster.execute(READ)).kind());
    assertEquals(Kind.OTHER_CLUSTER, failure(cluster.execute(READ)).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_na_"})
  void a_node_that_does_not_know_its_cluster_proves_nothing(String id) {
    ours.becomes(id);
    var cluster = open(Transport.POSTGRESQL, ours);
    assertEquals(Kind.UNREACHABLE, failure(cluster.execute(READ)).kind());
    ours.becomes("ours");
    get(cluster.execute(READ));
  }
}
