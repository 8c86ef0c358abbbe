package xmover.reset;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.cluster.RetryPolicy;
import xmover.cluster.Sql;
import xmover.reset.ReplicaCatalogue.Entry;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Puts a table's original setting back, again and again for minutes, past every breaker, until the
 * catalogue shows it. A setting that somebody else chose meanwhile is left as it is.
 */
final class Restoring {
  private final TableRef table;
  private final ReplicaSetting original;
  private final Surroundings surroundings;

  Restoring(TableRef table, ReplicaSetting original, Surroundings surroundings) {
    this.table = table;
    this.original = original;
    this.surroundings = surroundings;
  }

  /**
   * Never fails: what goes wrong is an event.
   *
   * @param mayBeChanged false when a look that does not show 0 is enough
   */
  Future<ResetEvent> run(boolean mayBeChanged) {
    return mayBeChanged ? attempt(1) : look();
  }

  private Future<ResetEvent> look() {
    return read()
        .transform(
            entry ->
                entry.succeeded() && shows(entry.result(), ReplicaSetting.ZERO)
                    ? attempt(1)
                    : Future.succeededFuture(new ResetEvent.NeverChanged()));
  }

  private Future<ResetEvent> attempt(int attempt) {
    return read()
        .transform(
            before ->
                // Unreadable: when in doubt, restore.
                (before.succeeded()
                        ? settledByOthers(before.result())
                        : Optional.<ResetEvent>empty())
                    .map(Future::succeededFuture)
                    .orElseGet(() -> alter(attempt)));
  }

  private Future<ResetEvent> alter(int attempt) {
    return surroundings
        .unguarded()
        .execute(Sql.setReplicas(table, original))
        .transform(answer -> read().transform(after -> judge(attempt, answer, after)));
  }

  private Future<ResetEvent> judge(
      int attempt, AsyncResult<?> answer, AsyncResult<Optional<Entry>> after) {
    if (after.succeeded() && shows(after.result(), original)) {
      return Future.succeededFuture(new ResetEvent.RestoreSeen());
    }
    if (after.succeeded() && settledByOthers(after.result()).isPresent()) {
      return Future.succeededFuture(settledByOthers(after.result()).get());
    }
    if (answer.failed()) {
      return again(attempt, ClusterFailure.sentence(answer.cause()));
    }
    return again(
        attempt,
        after.failed()
            ? "it can't be read back: " + ClusterFailure.sentence(after.cause())
            : "the ALTER was answered, but number_of_replicas still shows 0");
  }

  private Future<ResetEvent> again(int failed, String reason) {
    if (failed == RetryPolicy.RESTORE.attempts()) {
      return Future.succeededFuture(
          new ResetEvent.RestoreFailed("%d attempts failed: %s".formatted(failed, reason)));
    }
    Duration delay = RetryPolicy.RESTORE.delay(failed, () -> 0.5);
    surroundings.listener().retrying(table, "restoring", failed, delay, reason);
    return surroundings.timers().after(delay).compose(waited -> attempt(failed + 1));
  }

  /** The table is gone, or its setting is neither 0 nor the original: no longer ours to restore. */
  private Optional<ResetEvent> settledByOthers(Optional<Entry> entry) {
    if (entry.isEmpty()) {
      return Optional.of(new ResetEvent.TableGone());
    }
    return shows(entry, ReplicaSetting.ZERO) || shows(entry, original)
        ? Optional.empty()
        : Optional.of(new ResetEvent.ChangedByOthers(entry.get().text()));
  }

  private static boolean shows(Optional<Entry> entry, ReplicaSetting setting) {
    return entry.filter(e -> e.shows(setting)).isPresent();
  }

  private Future<Optional<Entry>> read() {
    return ReplicaCatalogue.read(surroundings.unguarded(), table);
  }
}
