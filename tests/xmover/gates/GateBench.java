package xmover.gates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import xmover.cluster.Cluster;
import xmover.cluster.DirectCluster;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.SteppedTimers;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.DroppedCopies;
import xmover.gates.view.EarlierResets;
import xmover.gates.view.HealthWatch;
import xmover.gates.view.NewestSnapshots;
import xmover.gates.view.SentStatements;
import xmover.gates.view.TableReader;
import xmover.reset.GateVerdict;
import xmover.reset.NoJournal;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** All gates of a run in front of a simulated cluster, in stepped time and without a wire. */
final class GateBench {
  private static final RecurrenceGate.Limit LIMIT = new RecurrenceGate.Limit(3, Duration.ofDays(7));

  /** One snapshot that has ended. */
  private static final String SNAPSHOTS =
      """
      [{"repository": "r", "name": "older", "begins": -3600, "seconds": 60, "tables": ["doc.t"]}]\
      """;

  final SteppedTimers timers = new SteppedTimers();
  final List<PastReset> history = new ArrayList<>();

  /** What the run sent. */
  final SentStatements sent = new SentStatements();

  /** What it dropped. */
  final DroppedCopies dropped = new DroppedCopies();

  /** What was waited for. */
  final List<GateVerdict> awaited = new ArrayList<>();

  /** What is between the gates and the cluster. */
  UnaryOperator<Cluster> between = UnaryOperator.identity();

  /** What happens to the resets of {@link #history} when they are read. */
  UnaryOperator<Future<List<PastReset>>> reading = UnaryOperator.identity();

  private final DirectCluster cluster;

  /**
   * A cluster of three nodes with the problematic table {@code doc.t}, the worst one.
   *
   * @param cluster more of the scenario file, ending with a comma
   * @param table more of the table, beginning with a comma
   */
  GateBench(String cluster, String table) {
    String scenario =
        """
        {"seed": 5, "nodes": ["a", "b", "c"], %s "tables": [
          {"name": "doc.t", "shards": 2, "replicas": "1", "size": "10gb", "documents": 900000,
           "stuck_translog": "3gb" %s},
          {"name": "doc.u", "shards": 1, "replicas": "1", "size": "1gb", "translog": "1mb"}]}
        """
            .formatted(
                usual(usual(cluster, "version", "\"6.3.7\""), "snapshots", SNAPSHOTS), table);
    try {
      var crate =
          new SimulatedCluster(
              JsonMapper.builder().build().readValue(scenario, Scenario.class), timers);
      this.cluster = new DirectCluster(crate, "crate", timers);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(scenario, wrong);
    }
  }

  private static String usual(String cluster, String what, String value) {
    String key = "\"" + what + "\"";
    return cluster.contains(key) ? cluster : key + ": " + value + ", " + cluster;
  }

  /** What the gates of a run say of {@code doc.t} when its turn comes, some time later. */
  List<GateVerdict> asked(IgnoredGates ignored, Duration later) {
    Instant detected = timers.now();
    Analysis analysis =
        timers.run(new Detection(cluster).analyse(Thresholds.DEFAULT, TableFilter.ALL));
    Finding finding =
        analysis.findings().stream()
            .filter(f -> f.table().name().equals("t"))
            .findFirst()
            .orElseThrow();
    Cluster cluster = between.apply(this.cluster);
    var watch = new HealthWatch(cluster, timers, analysis.cluster().nodes(), red -> {});
    var preflight =
        new Preflight(
            EveryGate.of(LIMIT, timers),
            ignored,
            watch,
            new ClusterReader(cluster, timers, analysis.cluster().versions()),
            new TableReader(cluster, timers, detected, sent),
            new NewestSnapshots(cluster, timers),
            new EarlierResets(
                new NoJournal(() -> reading.apply(Future.succeededFuture(history))), timers),
            dropped,
            new GateWait(timers, sent, Duration.ofMinutes(5), (f, gate) -> awaited.add(gate)));
    watch.start();
    timers.advance(later);
    List<GateVerdict> verdicts = timers.run(preflight.ask(finding, Remedy.RESET));
    watch.stop();
    return verdicts;
  }
}
