package xmover.gates.view;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.sql.PreflightSql;
import xmover.detect.CrateVersion;
import xmover.environment.Timers;

/**
 * Reads the health of the cluster every second while a run goes on, and keeps the latest readings.
 * All of it runs on one event loop.
 */
public final class HealthWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** A node that is frozen is left out of sys.nodes' answer after 3 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final int KEPT = 10;

  private final Cluster cluster;
  private final Timers timers;
  private final Consumer<String> red;
  private final Deque<HealthReading> readings = new ArrayDeque<>();
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private Set<String> nodesAtStart;

  /** Whether every node did when it was last asked. */
  private boolean tellsClusterHealth;

  private boolean stopped;
  private boolean told;

  /**
   * @param cluster asked once a second and never again in between: a failed reading is a bad one
   * @param nodesAtStart the nodes of the cluster when the run began
   * @param red is told, once, when the cluster turns RED
   */
  public HealthWatch(
      Cluster cluster, Timers timers, Collection<String> nodesAtStart, Consumer<String> red) {
    this.cluster = cluster;
    this.timers = timers;
    this.nodesAtStart = Set.copyOf(nodesAtStart);
    this.red = red;
  }

  /** Reads from now on, until {@link #stop}. */
  public void start() {
    read()
        .onSuccess(this::keep)
        .compose(kept -> timers.after(INTERVAL))
        .onSuccess(
            next -> {
              if (!stopped) {
                start();
              }
            });
  }

  /** Reads no more. */
  public void stop() {
    stopped = true;
    release();
  }

  /**
   * Completes when the latest readings agree, or when that takes too long; what they say is in
   * {@link #view}.
   */
  public Future<Void> settled() {
    if (stopped || isSettled()) {
      return Future.succeededFuture();
    }
    Promise<Void> settled = Promise.promise();
    waiting.add(settled);
    Timers.Alarm tooLong = timers.alarm(LONGEST_WAIT, settled::tryComplete);
    return settled
        .future()
        .onComplete(
            done -> {
              tooLong.cancel();
              waiting.remove(settled);
            });
  }

  private void release() {
    List.copyOf(waiting).forEach(Promise::tryComplete);
  }

  /** The latest readings. */
  public HealthView view() {
    return new HealthView(timers.now(), List.copyOf(readings), nodesAtStart);
  }

  private boolean isSettled() {
    HealthView view = view();
    return view.isFresh() && view.isSettled();
  }

  private void keep(HealthReading reading) {
    if (nodesAtStart.isEmpty()) {
      nodesAtStart = reading.nodes();
    }
    readings.add(reading);
    if (readings.size() > KEPT) {
      readings.remove();
    }
    if (isSettled()) {
      release();
    }
    tell();
  }

  /** A table that is being created is RED for a moment: two readings in a row have to say so. */
  private void tell() {
    boolean isRed =
        readings.size() > 1
            && readings.stream().skip(readings.size() - 2).allMatch(HealthReading::isRed);
    if (isRed && !told) {
      red.accept(readings.getLast().trouble().orElse("the cluster is RED"));
    }
    told = isRed;
  }

  /** Never fails, and takes no longer than the patience there is. */
  private Future<HealthReading> read() {
    return timers
        .within(
            PATIENCE,
            tellsClusterHealth
                ? atOnce()
                : cluster.execute(PreflightSql.nodeVersions()).compose(this::read))
        .onFailure(lost -> tellsClusterHealth = false)
        .otherwise(lost -> HealthReading.failed(timers.now(), ClusterFailure.sentence(lost)));
  }

  /** Nodes and health in one statement, where every node has both. */
  private Future<HealthReading> atOnce() {
    return cluster
        .execute(PreflightSql.nodesAndHealth())
        .map(
            nodes -> reading(timers.now(), nodes, List.of(Row.first(nodes, "sys.cluster_health"))));
  }

  private Future<HealthReading> read(List<Row> nodes) {
    List<String> versions =
        nodes.stream().map(row -> row.text("version")).filter(Objects::nonNull).toList();
    tellsClusterHealth = CrateVersion.oldest(versions).tellsClusterHealth();
    Future<List<Row>> health =
        tellsClusterHealth
            ? cluster
                .execute(PreflightSql.clusterHealth())
                .map(rows -> List.of(Row.first(rows, "sys.cluster_health")))
            : cluster.execute(PreflightSql.health());
    return health.map(rows -> reading(timers.now(), nodes, rows));
  }

  private static HealthReading reading(Instant at, List<Row> nodes, List<Row> health) {
    return new HealthReading(
        at,
        colour(health),
        health.stream()
            .mapToLong(
                row -> Math.max(0, Objects.requireNonNullElse(row.number("missing_shards"), 0L)))
            .sum(),
        nodes.stream().map(HealthWatch::name).collect(Collectors.toSet()),
        nodes.stream()
            .filter(row -> row.text("version") == null)
            .map(HealthWatch::name)
            .collect(Collectors.toSet()),
        "");
  }

  private static String name(Row node) {
    return Objects.requireNonNullElse(node.text("name"), "a node without a name");
  }

  /** The worst of all; a cluster without tables is as well as can be. */
  private static String colour(List<Row> health) {
    List<String> colours =
        health.stream().map(row -> String.valueOf(row.text("health"))).sorted().toList();
    return colours.contains(HealthReading.RED)
        ? HealthReading.RED
        : colours.isEmpty() ? "GREEN" : colours.get(colours.size() - 1);
  }
}
