package xmover.reset;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.RetryPolicy;
import xmover.cluster.Sql;
import xmover.reset.ReplicaCatalogue.Entry;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Sets the replicas of one table to 0 and reads back until it shows. What the ALTER's answer says,
 * or that it is lost, decides nothing; the catalogue does.
 */
final class Zeroing {
  private final TableRef table;
  private final Surroundings surroundings;
  private final BooleanSupplier stopped;

  /** Whether some ALTER of this zeroing may have been applied without our knowing. */
  private boolean mayBeApplied;

  /** Whether some ALTER got no answer and was not seen: it may yet be applied, at any time. */
  private boolean pending;

  /**
   * @param stopped tells that no further ALTER may leave
   */
  Zeroing(TableRef table, Surroundings surroundings, BooleanSupplier stopped) {
    this.table = table;
    this.surroundings = surroundings;
    this.stopped = stopped;
  }

  /** Never fails: what goes wrong is an event. */
  Future<ResetEvent> run() {
    return attempt(1);
  }

  private Future<ResetEvent> attempt(int attempt) {
    if (stopped.getAsBoolean()) {
      return failed("stopped before the ALTER left");
    }
    return surroundings
        .cluster()
        .execute(Sql.setReplicas(table, ReplicaSetting.ZERO))
        .transform(
            answer -> {
              mayBeApplied |= answer.succeeded() || leavesOutcomeOpen(answer.cause());
              return readBack(attempt, answer.cause());
            });
  }

  private Future<ResetEvent> readBack(int attempt, @Nullable Throwable failure) {
    if (!mayBeApplied && failure != null) {
      return Future.succeededFuture(
          new ResetEvent.ZeroFailed(ClusterFailure.sentence(failure), false, false));
    }
    boolean lost = failure != null && leavesOutcomeOpen(failure);
    return ReplicaCatalogue.read(surroundings.cluster(), table)
        .onComplete(read -> pending |= lost && !(read.succeeded() && shows0(read.result())))
        .transform(
            read ->
                read.succeeded()
                    ? judge(attempt, failure, read.result())
                    : failed(
                        "nobody knows whether it was applied: "
                            + ClusterFailure.sentence(read.cause())));
  }

  private Future<ResetEvent> judge(
      int attempt, @Nullable Throwable failure, Optional<Entry> entry) {
    if (shows0(entry)) {
      return Future.succeededFuture(new ResetEvent.ZeroSeen(pending));
    }
    String reason =
        failure != null
            ? ClusterFailure.sentence(failure)
            : "the ALTER was answered, but number_of_replicas shows "
                + entry.map(Entry::text).orElse("no entry");
    boolean refused = failure != null && !leavesOutcomeOpen(failure);
    if (attempt == RetryPolicy.STATEMENT.attempts() || entry.isEmpty() || refused) {
      return failed(reason);
    }
    Duration delay = RetryPolicy.STATEMENT.delay(attempt, () -> 0.5);
    surroundings.listener().retrying(table, "setting replicas to 0", attempt, delay, reason);
    return surroundings.timers().after(delay).compose(waited -> attempt(attempt + 1));
  }

  private Future<ResetEvent> failed(String reason) {
    return Future.succeededFuture(new ResetEvent.ZeroFailed(reason, mayBeApplied, pending));
  }

  private static boolean shows0(Optional<Entry> entry) {
    return entry.filter(e -> e.shows(ReplicaSetting.ZERO)).isPresent();
  }

  private static boolean leavesOutcomeOpen(Throwable failure) {
    return !(failure instanceof ClusterFailure known) || known.kind().leavesOutcomeOpen();
  }
}
