package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;

class FailoverClusterTest {
  private static final Statement READ = Statement.read("SELECT 1");
  private static final Statement WRITE = Statement.write("ALTER …");

  private final List<String> asked = new ArrayList<>();
  private final Node h1 = new Node("h1");
  private final Node h2 = new Node("h2");
  private final Cluster cluster = new FailoverCluster(List.of(h1, h2));

  /** Fails as planned, and succeeds when no plan is left. */
  private final class Node implements Cluster {
    private final String name;
    private final Deque<Kind> plan = new ArrayDeque<>();
    private boolean closed;

    Node(String name) {
      this.name = name;
    }

    @Override
    public Future<List<Row>> execute(Statement statement) {
      asked.add(name);
      return plan.isEmpty()
          ? Future.succeededFuture(List.of())
          : Future.failedFuture(new ClusterFailure(plan.remove(), name + ": why", null, null));
    }

    @Override
    public Future<Void> close() {
      closed = true;
      return Future.succeededFuture();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNREACHABLE", "UNKNOWN_HOST", "CONNECT_TIMEOUT", "OTHER_CLUSTER"})
  void a_host_that_cannot_be_reached_is_passed_over(Kind kind) {
    h1.plan.add(kind);
    get(cluster.execute(WRITE));
    assertEquals(List.of("h1", "h2"), asked);
  }

  @Test
  void it_stays_with_the_host_that_answered() {
    h1.plan.add(Kind.UNREACHABLE);
    get(cluster.execute(READ));
    get(cluster.execute(READ));
    assertEquals(List.of("h1", "h2", "h2"), asked);
  }

  @Test
  void it_comes_back_to_the_first_when_the_second_is_gone() {
    h1.plan.add(Kind.UNREACHABLE);
    get(cluster.execute(READ));
    h2.plan.add(Kind.UNREACHABLE);
    get(cluster.execute(READ));
    assertEquals(List.of("h1", "h2", "h2", "h1"), asked);
  }

  @Test
  void a_read_whose_answer_was_lost_is_asked_again_elsewhere() {
    h1.plan.add(Kind.CONNECTION_LOST);
    get(cluster.execute(READ));
    assertEquals(List.of("h1", "h2"), asked);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CONNECTION_LOST", "TIMEOUT"})
  void a_write_that_may_have_arrived_is_never_sent_twice(Kind kind) {
    h1.plan.add(kind);
    assertEquals(kind, failure(cluster.execute(WRITE)).kind());
    assertEquals(List.of("h1"), asked);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CONNECTION_LOST", "TIMEOUT"})
  void a_host_that_went_silent_is_not_the_next_one_asked(Kind kind) {
    h1.plan.add(kind);
    failure(cluster.execute(WRITE));
    get(cluster.execute(READ));
    assertEquals(List.of("h1", "h2"), asked);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"AUTHENTICATION", "CERTIFICATE", "PRIVILEGE", "REFUSED", "SERVER"})
  void what_another_host_would_say_too_is_final(Kind kind) {
    h1.plan.add(kind);
    assertEquals(kind, failure(cluster.execute(READ)).kind());
    get(cluster.execute(READ));
    assertEquals(List.of("h1", "h1"), asked);
  }

  @Test
  void when_all_fail_each_is_named_with_its_reason() {
    h1.plan.add(Kind.UNREACHABLE);
    h2.plan.add(Kind.CONNECT_TIMEOUT);
    var failure = failure(cluster.execute(READ));
    assertEquals("None of the hosts answers. h1: why h2: why", failure.getMessage());
    assertTrue(failure.kind().isConnection());
    assertEquals(List.of("h1", "h2"), asked);
  }

  @Test
  void closing_closes_every_host() {
    get(cluster.close());
    assertTrue(h1.closed && h2.closed);
  }

  @ParameterizedTest
  @EnumSource
  void over_the_wire_a_dead_host_is_passed_over(Transport transport) {
    try (var db = new TinyCrateDb()) {
      var alive = db.settings(transport);
      var dead = new HostPort("127.0.0.1", 1);
      var both =
          new ConnectionSettings(
              transport,
              List.of(dead, alive.hosts().get(0)),
              alive.schema(),
              alive.credentials(),
              alive.tls(),
              alive.rootCertificate(),
              alive.timeouts(),
              alive.poolSize(),
              false);
      assertEquals(1, get(Clusters.open(db.vertx, both).execute(READ)).size());
    }
  }
}
