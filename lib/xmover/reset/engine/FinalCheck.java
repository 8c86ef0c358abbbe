package xmover.reset.engine;

import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.detect.Detection;
import xmover.reset.RunEvent;
import xmover.reset.TableResult;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetEvent;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.IndexUuid;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;
import xmover.table.TableState;

/**
 * The last look of a run at what it touched. An ALTER to 0 whose answer was lost may sit in a
 * frozen node and be applied long after the restore: a table that shows 0 here is restored once
 * more.
 */
final class FinalCheck {
  private static final Set<Cause> NOT_OURS =
      EnumSet.of(Cause.NOT_TOUCHED, Cause.CHANGED_BY_OTHERS, Cause.TABLE_GONE);

  private final ResetContext context;

  FinalCheck(ResetContext context) {
    this.context = context;
  }

  /** The results with what was seen; as they were when nothing could be seen. */
  Future<List<TableResult>> look(List<TableResult> results) {
    if (results.stream().noneMatch(TableResult::wasTouched)) {
      return Future.succeededFuture(results);
    }
    return new Detection(context.cluster())
        .states()
        .compose(states -> compare(results, states))
        .otherwise(results);
  }

  private Future<List<TableResult>> compare(List<TableResult> results, List<TableState> states) {
    Map<IndexUuid, TableState> byUuid = new HashMap<>();
    Map<TableRef, TableState> byName = new HashMap<>();
    for (TableState state : states) {
      state.uuid().ifPresent(uuid -> byUuid.put(uuid, state));
      byName.put(state.table(), state);
    }
    return Future.all(
            results.stream().map(result -> compare(result, state(result, byUuid, byName))).toList())
        .map(all -> all.<TableResult>list());
  }

  /** What was touched is found by what it is; its name may be another table's by now. */
  private static @Nullable TableState state(
      TableResult result, Map<IndexUuid, TableState> byUuid, Map<TableRef, TableState> byName) {
    Optional<TableIdentity> identity = result.job().flatMap(job -> job.subject().identity());
    return identity.isPresent()
        ? byUuid.get(identity.get().uuid())
        : byName.get(result.finding().table());
  }

  private Future<TableResult> compare(TableResult result, @Nullable TableState state) {
    if (state == null || !result.wasTouched()) {
      return Future.succeededFuture(result);
    }
    ReplicaSetting seen = state.relation().replicas().orElse(null);
    if (result.job().isEmpty()) {
      return Future.succeededFuture(result.with(after(seen, state)));
    }
    ResetJob job = result.job().get();
    return (isOurs(job, seen) && wasPutBack(job)) || seemsRestored(job, seen)
        ? restore(result, job, state)
        : Future.succeededFuture(result.with(job, after(seen, state)));
  }

  /**
   * In the journal again before anything is sent: it may have been closed. What seems to be
   * restored is restored as well, which changes nothing where it is: the one look may be an old
   * answer.
   */
  private Future<TableResult> restore(TableResult result, ResetJob job, TableState state) {
    ResetJob unrestored = job.found(RestoreOutcome.FAILED, job.openEnds());
    return remember(unrestored)
        .compose(written -> new Restoring(job, state.table(), context).run())
        .compose(
            event ->
                event instanceof ResetEvent.RestoreSeen restored
                    ? close(result, seen(job, restored), state)
                    : Future.succeededFuture(
                        result.with(unrestored, after(unrestored(job, state), state))));
  }

  /** What it shows, unless that is the setting to which it could not be restored. */
  private static @Nullable ReplicaSetting unrestored(ResetJob job, TableState state) {
    return state
        .relation()
        .replicas()
        .filter(shown -> !shown.equals(job.originalSetting()))
        .orElse(null);
  }

  private static ResetJob seen(ResetJob job, ResetEvent.RestoreSeen restored) {
    OpenEnds ends = restored.refused() ? job.openEnds().notRead() : job.openEnds();
    return job.found(RestoreOutcome.DONE, ends);
  }

  private Future<TableResult> close(TableResult result, ResetJob done, TableState state) {
    return remember(done).map(result.with(done, after(done.originalSetting(), state)));
  }

  /** Not being able to keeps nothing from being restored. */
  private Future<Void> remember(ResetJob job) {
    return Future.succeededFuture()
        .compose(
            ready ->
                context
                    .journal()
                    .write(JournalEntry.of(context.run(), job, context.timers().now())))
        .recover(
            failure -> {
              context
                  .listener()
                  .on(new RunEvent.JournalFailed(job.table(), ClusterFailure.sentence(failure)));
              return Future.succeededFuture();
            });
  }

  /** What an ALTER of this run has set, though it was put back. */
  private static boolean isOurs(ResetJob job, @Nullable ReplicaSetting seen) {
    return ReplicaSetting.ZERO.equals(seen)
        || (job.isLate() && job.openEnds().interim().equals(Optional.ofNullable(seen)));
  }

  private static boolean seemsRestored(ResetJob job, @Nullable ReplicaSetting seen) {
    return job.restore() == RestoreOutcome.FAILED && job.originalSetting().equals(seen);
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
