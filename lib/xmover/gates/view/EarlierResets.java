package xmover.gates.view;

import io.vertx.core.Future;
import java.time.temporal.ChronoUnit;
import java.util.List;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Retry;
import xmover.cluster.RetryPolicy;
import xmover.environment.Timers;
import xmover.reset.PastReset;
import xmover.reset.ResetHistory;

/**
 * The resets that ended before a run, read once for all of its tables. A lost connection is tried
 * again as for any read, and what could not be read is looked at again for the next table.
 */
public final class EarlierResets {
  private final ResetHistory history;
  private final Timers timers;
  private final CachedReading<List<PastReset>> resets;

  public EarlierResets(ResetHistory history, Timers timers) {
    this.history = history;
    this.timers = timers;
    this.resets = new CachedReading<>(timers, ChronoUnit.FOREVER.getDuration(), this::read);
  }

  /** Never fails. */
  public Future<Reading<List<PastReset>>> get() {
    return resets.get();
  }

  private Future<Reading<List<PastReset>>> read() {
    return attempt(Retry.first(RetryPolicy.CONNECTION, timers))
        .map(Reading::of)
        .otherwise(
            failure ->
                Reading.unreadable(
                    "earlier resets can't be read: " + ClusterFailure.sentence(failure)));
  }

  private Future<List<PastReset>> attempt(Retry retry) {
    return Future.succeededFuture()
        .compose(now -> history.history())
        .recover(
            failure ->
                !retry.isLast() && passes(failure)
                    ? retry.again(this::attempt)
                    : Future.failedFuture(failure));
  }

  /** True when the cluster could not be reached or did not answer: a journal tells it as cause. */
  private static boolean passes(Throwable failure) {
    if (failure instanceof ClusterFailure cluster) {
      ClusterFailure.Kind kind = cluster.kind();
      return kind.isConnection()
          || kind == ClusterFailure.Kind.TIMEOUT
          || kind == ClusterFailure.Kind.SERVER;
    }
    return failure.getCause() != null && passes(failure.getCause());
  }
}
