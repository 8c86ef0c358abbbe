package xmover.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.environment.Timers;

class GuardedClusterTest {
  private static final Statement READ = Statement.read("SELECT 1");
  private static final Statement WRITE = Statement.write("ALTER …");
  private static final Duration AGES = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final Deque<Kind> plan = new ArrayDeque<>();
  private final List<Statement> sent = Collections.synchronizedList(new ArrayList<>());
  private final List<Statement> again = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> delays = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<String> states = new LinkedBlockingQueue<>();
  private double chance = 0.5;

  @AfterEach
  void close() {
    get(vertx.close());
  }

  /** Fails as planned, and succeeds when no plan is left. */
  private final class Planned implements Cluster {
    @Override
    public Future<List<Row>> execute(Statement statement) {
      sent.add(statement);
      return plan.isEmpty()
          ? Future.succeededFuture(List.of())
          : Future.failedFuture(new ClusterFailure(plan.remove(), "planned", null, null));
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  /** Time that passes at once and is taken down. */
  private final class NoTime implements Timers {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public Future<Void> after(Duration delay) {
      delays.add(delay.toMillis());
      return Future.succeededFuture();
    }

    @Override
    public Alarm alarm(Duration delay, Runnable ring) {
      return () -> {};
    }
  }

  private GuardedCluster guarded(Duration rest) {
    return new GuardedCluster(
        new Planned(), vertx, new NoTime(), () -> chance, states::add, again::add, rest);
  }

  private void plan(Kind kind, int times) {
    plan.addAll(Collections.nCopies(times, kind));
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER", "TIMEOUT"})
  void a_read_that_failed_on_the_server_is_tried_three_times_5_s_apart(Kind kind) {
    plan(kind, 3);
    assertEquals(kind, failure(guarded(AGES).execute(READ)).kind());
    assertEquals(3, sent.size());
    assertEquals(List.of(5000L, 5000L), delays);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "UNKNOWN_HOST", "CONNECT_TIMEOUT", "CONNECTION_LOST"})
  void a_read_without_a_connection_is_tried_five_times_each_wait_double(Kind kind) {
    plan(kind, 4);
    get(guarded(AGES).execute(READ));
    assertEquals(5, sent.size());
    assertEquals(List.of(500L, 1000L, 2000L, 4000L), delays);
  }

  @Test
  void a_read_waits_for_a_cluster_that_has_just_started() {
    plan(Kind.NOT_READY, 2);
    get(guarded(AGES).execute(READ));
    assertEquals(List.of(5000L, 5000L), delays);
  }

  @Test
  void each_time_a_statement_is_sent_again_is_told() {
    plan(Kind.SERVER, 2);
    get(guarded(AGES).execute(READ));
    assertEquals(List.of(READ, READ), again);
  }

  @Test
  void a_statement_that_is_given_up_is_not_told_as_sent_again() {
    plan(Kind.SERVER, 3);
    failure(guarded(AGES).execute(READ));
    assertEquals(2, again.size());
  }

  @Test
  void jitter_makes_a_wait_half_longer_or_shorter_at_most() {
    chance = 0;
    plan(Kind.UNREACHABLE, 1);
    get(guarded(AGES).execute(READ));
    chance = 1;
    plan(Kind.UNREACHABLE, 1);
    get(guarded(AGES).execute(READ));
    assertEquals(List.of(250L, 750L), delays);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "UNKNOWN_HOST", "CONNECT_TIMEOUT", "OTHER_CLUSTER"})
  void a_write_that_never_left_is_tried_again(Kind kind) {
    plan(kind, 1);
    get(guarded(AGES).execute(WRITE));
    assertEquals(2, sent.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION_LOST", "TIMEOUT", "SERVER", "NOT_READY"})
  void a_write_that_may_have_been_applied_is_never_sent_again(Kind kind) {
    plan(kind, 1);
    assertEquals(kind, failure(guarded(AGES).execute(WRITE)).kind());
    assertEquals(1, sent.size());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TLS",
        "CERTIFICATE",
        "AUTHENTICATION",
        "NOT_CRATEDB",
        "PRIVILEGE",
        "UNKNOWN_RELATION",
        "REFUSED"
      })
  void what_would_fail_again_is_not_tried_again(Kind kind) {
    plan(kind, 1);
    assertEquals(kind, failure(guarded(AGES).execute(READ)).kind());
    assertEquals(1, sent.size());
    assertEquals(List.of(), delays);
  }

  @Test
  void after_five_connection_failures_nothing_is_sent_and_the_reason_told() throws Exception {
    var guarded = guarded(AGES);
    plan(Kind.UNREACHABLE, 9);
    failure(guarded.execute(READ));
    assertEquals("open", state());
    assertTrue(guarded.isOpen());
    var refused = failure(guarded.execute(WRITE));
    assertEquals(Kind.UNREACHABLE, refused.kind());
    assertTrue(refused.getMessage().contains("circuit breaker open"), refused.getMessage());
    assertEquals(5, sent.size());
  }

  @Test
  void failures_of_the_statements_themselves_do_not_open_the_breaker() {
    var guarded = guarded(AGES);
    for (int i = 0; i < 10; i++) {
      plan(Kind.REFUSED, 1);
      failure(guarded.execute(WRITE));
      plan(Kind.SERVER, 3);
      failure(guarded.execute(READ));
    }
    assertFalse(guarded.isOpen());
  }

  @Test
  void after_a_rest_one_statement_is_let_through_and_closes_it_when_it_succeeds() throws Exception {
    var guarded = guarded(Duration.ofMillis(1));
    plan(Kind.UNREACHABLE, 5);
    failure(guarded.execute(READ));
    assertEquals("open", state());
    assertEquals("half-open", state());
    get(guarded.execute(READ));
    assertEquals("closed", state());
    assertFalse(guarded.isOpen());
  }

  private String state() throws InterruptedException {
    return String.valueOf(states.poll(10, TimeUnit.SECONDS));
  }
}
