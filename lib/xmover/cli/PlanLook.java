package xmover.cli;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.PreflightSql;
import xmover.cluster.Row;
import xmover.environment.Timers;
import xmover.observe.PlanSight;
import xmover.reset.CopyStep;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.safety.NewestSnapshots;
import xmover.safety.Seen;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** Reads what a plan says besides the statements; two statements, however many tables there are. */
final class PlanLook {
  private final Cluster cluster;
  private final Timers timers;

  PlanLook(Cluster cluster, Timers timers) {
    this.cluster = cluster;
    this.timers = timers;
  }

  /** Never fails. */
  Future<PlanSight> look(PlanSight.Steps taken, RunReport report) {
    Map<TableRef, List<CopyStep>> steps = taken.taken();
    List<TableRef> alone =
        report.results().stream()
            .filter(result -> isLeftAlone(result, steps))
            .map(result -> result.finding().table())
            .toList();
    return speed()
        .compose(
            speed ->
                snapshots(alone)
                    .map(snapshots -> new PlanSight(steps, speed, snapshots, List.of())));
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

  private Future<Map<TableRef, PlanSight.Snapshot>> snapshots(List<TableRef> tables) {
    return tables.isEmpty()
        ? Future.succeededFuture(Map.of())
        : new NewestSnapshots(cluster, timers).look().map(seen -> snapshots(tables, seen));
  }

  private static Map<TableRef, PlanSight.Snapshot> snapshots(
      List<TableRef> tables, Seen<NewestSnapshots.Ages> seen) {
    Map<TableRef, PlanSight.Snapshot> snapshots = new HashMap<>();
    for (TableRef table : tables) {
      snapshots.put(
          table,
          seen.value()
              .map(ages -> PlanSight.Snapshot.of(ages.of(table)))
              .orElseGet(() -> PlanSight.Snapshot.unread(seen.failure())));
    }
    return snapshots;
  }
}
