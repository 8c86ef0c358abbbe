package xmover.rebalance;

import static xmover.reset.RebalanceHold.OFF;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Objects;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Retry;
import xmover.cluster.RetryPolicy;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.reset.HoldNews;
import xmover.reset.RebalanceHold;
import xmover.reset.RunEvent;

/**
 * Puts rebalancing back, again and again for minutes, past every breaker, until it shows. What
 * somebody else set meanwhile is left as it is.
 */
final class RestoreRebalance {
  private final RebalanceHold hold;
  private final boolean pending;
  private final RunAccess access;

  /**
   * @param pending whether a SET to none may yet be applied
   */
  RestoreRebalance(RebalanceHold hold, boolean pending, RunAccess access) {
    this.hold = hold;
    this.pending = pending;
    this.access = access;
  }

  /** Where CrateDB may move shards; SQL does not tell who set it, or how. */
  static Future<String> inForce(Cluster cluster) {
    return cluster
        .execute(Sql.rebalance())
        .map(rows -> Objects.requireNonNull(rows.get(0).text("rebalance"), "no rebalancing told"));
  }

  /** Never fails: what goes wrong is told by how it ended. */
  Future<HoldNews> run() {
    return attempt(Retry.first(RetryPolicy.RESTORE, access.timers()));
  }

  private Future<HoldNews> attempt(Retry retry) {
    return inForce(access.unguarded())
        .transform(
            before -> {
              if (before.failed()) {
                return again(retry, "it can't be read: " + sentence(before.cause()));
              }
              return before.result().equals(OFF)
                  ? send(retry, hold.putBack())
                  : settled(before.result());
            });
  }

  private Future<HoldNews> send(Retry retry, Statement statement) {
    return access
        .unguarded()
        .execute(statement)
        .transform(
            answer ->
                inForce(access.unguarded())
                    .transform(after -> judge(retry, statement, answer, after)));
  }

  private Future<HoldNews> judge(
      Retry retry, Statement sent, AsyncResult<?> answer, AsyncResult<String> after) {
    if (after.failed()) {
      return again(retry, "it can't be read back: " + sentence(after.cause()));
    }
    if (after.result().equals(OFF) && answer.failed()) {
      return again(retry, sentence(answer.cause()));
    }
    boolean reset = sent.equals(Sql.resetRebalance());
    if (reset && answer.succeeded() && !after.result().equals(hold.original())) {
      // What the nodes' own configuration says is in force now, and was not.
      return send(retry, Sql.setRebalance(hold.original()));
    }
    return after.result().equals(OFF)
        ? again(retry, "it was answered, but 'none' is still in force")
        : settled(after.result());
  }

  private Future<HoldNews> again(Retry retry, String reason) {
    if (retry.isLast()) {
      return Future.succeededFuture(HoldNews.leftOff(hold, retry.attempt(), reason));
    }
    access
        .listener()
        .on(
            new RunEvent.Rebalancing(
                HoldNews.retrying(hold, retry.attempt(), retry.delay(), reason)));
    return retry.again(this::attempt);
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
