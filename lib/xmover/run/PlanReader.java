package xmover.run;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.sql.PreflightSql;
import xmover.environment.Timers;
import xmover.gates.Preflight;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.NewestSnapshots;
import xmover.gates.view.Reading;
import xmover.print.PlanFacts;
import xmover.remedy.HealableInPlace;
import xmover.remedy.MoveTargets;
import xmover.remedy.RemedyPolicy;
import xmover.reset.CopyStep;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * Reads what a plan says besides the statements, however many tables there are in a few statements.
 * It asks for nothing that the plan does not need.
 */
final class PlanReader {
  private final Cluster cluster;
  private final Timers timers;
  private final ClusterReader nodes;
  private final MoveTargets targets;

  PlanReader(Cluster cluster, Timers timers, ClusterReader nodes, MoveTargets targets) {
    this.cluster = cluster;
    this.timers = timers;
    this.nodes = nodes;
    this.targets = targets;
  }

  /**
   * Never fails.
   *
   * @param remedy what the operator allows
   * @param holds whether rebalancing is switched off meanwhile
   */
  Future<PlanFacts> look(
      PlanFacts.Steps taken, RunReport report, RemedyPolicy remedy, boolean holds) {
    Map<TableRef, List<CopyStep>> steps = taken.taken();
    List<TableRef> alone =
        report.results().stream()
            .filter(result -> isLeftAlone(result, steps))
            .map(result -> result.finding().table())
            .toList();
    var speed = speed();
    var snapshots = snapshots(alone);
    var gentler = remedy.equals(RemedyPolicy.RESET) ? gentler(report) : nothing();
    var rebalanced = holds ? rebalanced(steps) : nothing();
    return Future.all(speed, snapshots, gentler, rebalanced)
        .map(
            all ->
                new PlanFacts(
                    steps,
                    speed.result(),
                    snapshots.result(),
                    Stream.concat(gentler.result().stream(), rebalanced.result().stream())
                        .toList()));
  }

  private static Future<Optional<String>> nothing() {
    return Future.succeededFuture(Optional.empty());
  }

  /** Whether there is a way without a window; left away when the copies can't be read. */
  private Future<Optional<String>> gentler(RunReport report) {
    List<TableRef> permitted =
        report.results().stream()
            .filter(result -> result.gates().stream().noneMatch(PlanReader::forbidsMoves))
            .map(result -> result.finding().table())
            .toList();
    return new HealableInPlace(cluster, timers, targets)
        .count(permitted)
        .map(count -> Optional.of(count).filter(c -> c > 0).map(c -> gentler(c, report)))
        .otherwise(Optional.empty());
  }

  private static String gentler(long count, RunReport report) {
    int all = report.results().size();
    return all == 1
        ? "It can be healed with all its copies in place: --remedy auto"
        : "%s of %s tables can be healed with all their copies in place: --remedy auto"
            .formatted(count, all);
  }

  private static boolean forbidsMoves(GateVerdict verdict) {
    return verdict.isShut() && Preflight.guards(verdict.gate(), Remedy.MOVE);
  }

  /** What CrateDB evens out later; left away when that can't be known. */
  private Future<Optional<String>> rebalanced(Map<TableRef, List<CopyStep>> steps) {
    return nodes.counted().map(view -> view.shardsByNode().map(now -> rebalanced(now, steps)));
  }

  private static String rebalanced(Map<String, Long> now, Map<TableRef, List<CopyStep>> steps) {
    Map<String, Long> shards = new TreeMap<>(now);
    steps.values().stream()
        .flatMap(List::stream)
        .forEach(
            step ->
                step.to()
                    .ifPresent(
                        to -> {
                          shards.merge(step.node(), -1L, Long::sum);
                          shards.merge(to, 1L, Long::sum);
                        }));
    return "Once rebalancing is on again CrateDB may move shards to even out their numbers: "
        + shards.entrySet().stream()
            .map(node -> node.getKey() + " has " + node.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Whether some shard of it would have one copy for a while. */
  private static boolean isLeftAlone(TableResult result, Map<TableRef, List<CopyStep>> steps) {
    return result.job().isPresent()
        || steps.getOrDefault(result.finding().table(), List.of()).stream()
            .anyMatch(step -> step.remedy().exposes());
  }

  private Future<Optional<Bytes>> speed() {
    return cluster
        .execute(PreflightSql.recoverySpeed())
        .map(rows -> Row.first(rows, "sys.cluster").text("max_bytes_per_sec"))
        .map(text -> Optional.ofNullable(text).flatMap(Bytes::ofSetting))
        .map(speed -> speed.filter(limit -> limit.value() > 0))
        .otherwise(Optional.empty());
  }

  private Future<Map<TableRef, PlanFacts.Snapshot>> snapshots(List<TableRef> tables) {
    return tables.isEmpty()
        ? Future.succeededFuture(Map.of())
        : new NewestSnapshots(cluster, timers).look().map(seen -> snapshots(tables, seen));
  }

  private static Map<TableRef, PlanFacts.Snapshot> snapshots(
      List<TableRef> tables, Reading<NewestSnapshots.Ages> seen) {
    Map<TableRef, PlanFacts.Snapshot> snapshots = new HashMap<>();
    for (TableRef table : tables) {
      snapshots.put(
          table,
          seen.value()
              .map(ages -> PlanFacts.Snapshot.of(ages.of(table)))
              .orElseGet(() -> PlanFacts.Snapshot.unread(seen.failure())));
    }
    return snapshots;
  }
}
