package xmover.metrics;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import xmover.detect.Analysis;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.environment.Timers;
import xmover.live.FollowedRun;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.TestResults;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;

/** A followed run whose metrics are taken, with time that a test moves. */
public final class MeasuredRun {
  static final String CLUSTER = "db1:5432,db2:5432";

  final FollowedRun run = new FollowedRun();
  final RunScene scene;
  final PrometheusMetrics metrics;

  /**
   * @param vertx for those who send; null where nobody does
   */
  MeasuredRun(Vertx vertx, Consumer<String> warning) {
    scene = scene(vertx, run.time, CLUSTER, warning);
    metrics = new PrometheusMetrics(scene);
    run.watch(metrics);
  }

  MeasuredRun() {
    this(null, warning -> {});
  }

  static RunScene scene(Vertx vertx, Timers timers, String cluster, Consumer<String> warning) {
    return new RunScene(
        new RunIdentity("run-1", "ops", "laptop", timers.now()),
        cluster,
        vertx,
        timers,
        false,
        warning);
  }

  /** What a run that ended well exposes: everything. */
  public static Exposition everything() {
    var measured = new MeasuredRun();
    measured.begins("doc.t");
    measured.heals("doc.t");
    measured.ends(0, "cured");
    return measured.exposed();
  }

  Exposition exposed() {
    return new Exposition(metrics.scrape());
  }

  /** The run has found and chosen these tables. */
  void begins(String... tables) {
    List<Finding> found = Stream.of(tables).map(FollowedRun::finding).toList();
    var analysis = new Analysis(FollowedRun.CLUSTER, Thresholds.DEFAULT, found, Hidden.NOTHING);
    ResetPolicy policy = FollowedRun.POLICY;
    metrics.on(new RunEvent.RunStarted(scene.run(), FollowedRun.CLUSTER));
    metrics.on(new RunEvent.Analysed(analysis, policy));
    metrics.on(new RunEvent.Chosen(found));
  }

  /** All states of a reset: a second until it is read, 2 at zero, 30 for leases, 4 to restore. */
  void heals(String table) {
    run.step(table, "begin");
    pass(2);
    run.step(table, "zero");
    pass(30);
    run.step(table, "cleared");
    pass(4);
    run.step(table, "restored");
    run.step(table, "cured");
  }

  void pass(long seconds) {
    run.time.advance(Duration.ofSeconds(seconds));
  }

  /** The run is over, with these results of {@code doc.t}, {@code doc.t2}, …. */
  void ends(int exitCode, String... results) {
    tellEnd(metrics, exitCode, results);
  }

  static void tellEnd(RunObserver observer, int exitCode, String... results) {
    observer.on(new RunEvent.RunEnded(report(results), exitCode));
  }

  static RunReport report(String... results) {
    return new RunReport(
        Instant.EPOCH,
        Instant.EPOCH,
        Stream.of(results).map(word -> TestResults.of("doc.t", word)).toList(),
        0);
  }
}
