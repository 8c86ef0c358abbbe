package xmover.reset;

import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xmover.detect.Detection;
import xmover.reset.ResetFailure.Cause;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;
import xmover.table.TableState;

/**
 * The last look of a run at what it touched. An ALTER to 0 whose answer was lost may sit in a
 * frozen node and be applied long after the restore: a table that shows 0 here is restored once
 * more.
 */
final class Aftermath {
  private static final Set<Cause> NOT_OURS =
      EnumSet.of(Cause.NOT_TOUCHED, Cause.CHANGED_BY_OTHERS, Cause.TABLE_GONE);

  private final Surroundings surroundings;

  Aftermath(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The results with what was seen; as they were when nothing could be seen. */
  Future<List<TableResult>> look(List<TableResult> results) {
    if (results.stream().noneMatch(TableResult::wasTouched)) {
      return Future.succeededFuture(results);
    }
    return new Detection(surroundings.cluster())
        .states()
        .compose(states -> compare(results, byTable(states)))
        .otherwise(results);
  }

  private static Map<TableRef, TableState> byTable(List<TableState> states) {
    return states.stream()
        .collect(Collectors.toMap(state -> state.relation().table(), Function.identity()));
  }

  private Future<List<TableResult>> compare(
      List<TableResult> results, Map<TableRef, TableState> states) {
    return Future.all(
            results.stream()
                .map(result -> compare(result, states.get(result.finding().table())))
                .toList())
        .map(all -> all.<TableResult>list());
  }

  private Future<TableResult> compare(TableResult result, @Nullable TableState state) {
    if (state == null || !result.wasTouched()) {
      return Future.succeededFuture(result);
    }
    if (result.job().isEmpty()) {
      return Future.succeededFuture(
          result.with(after(state.relation().replicas().orElse(null), state)));
    }
    ResetJob job = result.job().get();
    ReplicaSetting seen = state.relation().replicas().orElse(null);
    if (job.restore() == RestoreOutcome.FAILED && job.originalSetting().equals(seen)) {
      return Future.succeededFuture(
          result.with(job.restored(RestoreOutcome.DONE), after(seen, state)));
    }
    if (!ReplicaSetting.ZERO.equals(seen) || !wasPutBack(job)) {
      return Future.succeededFuture(result.with(job, after(seen, state)));
    }
    return new Restoring(job.table(), job.originalSetting(), surroundings)
        .run(true)
        .map(
            event ->
                event instanceof ResetEvent.RestoreSeen
                    ? result.with(job, after(job.originalSetting(), state))
                    : result.with(job.restored(RestoreOutcome.FAILED), after(seen, state)));
  }

  private static boolean wasPutBack(ResetJob job) {
    boolean ours = job.cause().map(ResetFailure::cause).filter(NOT_OURS::contains).isEmpty();
    return ours && job.original() != null && job.restore() != RestoreOutcome.FAILED;
  }

  private static TableResult.After after(@Nullable ReplicaSetting replicas, TableState state) {
    return new TableResult.After(
        replicas == null ? "?" : replicas.text(), state.totals().largestReplicaTranslog());
  }
}
