package xmover.safety;

import static xmover.reset.RebalanceHold.OFF;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import xmover.cluster.ClusterFailure;
import xmover.cluster.RetryPolicy;
import xmover.cluster.Sql;
import xmover.cluster.Statement;
import xmover.reset.HoldNews;
import xmover.reset.RebalanceHold;

/**
 * Puts rebalancing back, again and again for minutes, past every breaker, until it shows. What
 * somebody else set meanwhile is left as it is.
 */
final class PuttingBack {
  private final RebalanceHold hold;
  private final boolean pending;
  private final RunAccess access;
  private final Rebalancing rebalancing;

  /**
   * @param pending whether a SET to none may yet be applied
   */
  PuttingBack(RebalanceHold hold, boolean pending, RunAccess access) {
    this.hold = hold;
    this.pending = pending;
    this.access = access;
    this.rebalancing = new Rebalancing(access.unguarded());
  }

  /** Never fails: what goes wrong is told by how it ended. */
  Future<HoldNews> run() {
    return attempt(1);
  }

  private Future<HoldNews> attempt(int attempt) {
    return rebalancing
        .read()
        .transform(
            before -> {
              if (before.failed()) {
                return again(attempt, "it can't be read: " + sentence(before.cause()));
              }
              return before.result().equals(OFF)
                  ? send(attempt, hold.putBack())
                  : settled(before.result());
            });
  }

  private Future<HoldNews> send(int attempt, Statement statement) {
    return access
        .unguarded()
        .execute(statement)
        .transform(
            answer ->
                rebalancing.read().transform(after -> judge(attempt, statement, answer, after)));
  }

  private Future<HoldNews> judge(
      int attempt, Statement sent, AsyncResult<?> answer, AsyncResult<String> after) {
    if (after.failed()) {
      return again(attempt, "it can't be read back: " + sentence(after.cause()));
    }
    if (after.result().equals(OFF) && answer.failed()) {
      return again(attempt, sentence(answer.cause()));
    }
    boolean reset = sent.equals(Sql.resetRebalance());
    if (reset && answer.succeeded() && !after.result().equals(hold.original())) {
      // What the nodes' own configuration says is in force now, and was not.
      return send(attempt, Sql.setRebalance(hold.original()));
    }
    return after.result().equals(OFF)
        ? again(attempt, "it was answered, but 'none' is still in force")
        : settled(after.result());
  }

  private Future<HoldNews> again(int failed, String reason) {
    if (failed == RetryPolicy.RESTORE.attempts()) {
      return Future.succeededFuture(HoldNews.leftOff(hold, failed, reason));
    }
    Duration delay = RetryPolicy.RESTORE.delay(failed, () -> 0.5);
    access.listener().rebalancing(HoldNews.retrying(hold, failed, delay, reason));
    return access.timers().after(delay).compose(waited -> attempt(failed + 1));
  }

  /** It is not off any more. */
  private Future<HoldNews> settled(String now) {
    if (pending) {
      return Future.succeededFuture(HoldNews.pending(hold));
    }
    return Future.succeededFuture(
        now.equals(hold.original()) ? HoldNews.putBack(hold) : HoldNews.changedByOthers(hold, now));
  }

  private static String sentence(Throwable failure) {
    return ClusterFailure.sentence(failure);
  }
}
