package xmover.remedy;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Sql;
import xmover.cluster.Statement;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.remedy.CopyWait.Arrival;
import xmover.reset.CopyStep;
import xmover.reset.Remedy;
import xmover.table.Finding;
import xmover.table.GivenUp;

/** The steps that remedies of one table are made of: look, send, wait until a shard is whole. */
final class CopySteps {
  private final Finding table;
  private final Tools tools;
  private final Future<Void> stopped;

  CopySteps(Finding table, Tools tools, Future<Void> stopped) {
    this.table = table;
    this.tools = tools;
    this.stopped = stopped;
  }

  Future<List<CopyState>> copies() {
    return new Detection(tools.cluster()).copies(List.of(table.table()));
  }

  /** True when nothing is to be begun any more. */
  boolean isStopped() {
    return stopped.isComplete();
  }

  /** Tells what is to be done for one copy. */
  void decided(CopyStep step) {
    tools.listener().treating(table, step);
  }

  /** Sends it; why it was refused, or nothing. A lost answer is no refusal. */
  Future<Optional<String>> send(Remedy remedy, Statement statement) {
    tools.listener().treating(table, remedy);
    return tools
        .cluster()
        .execute(statement)
        .map(answer -> Optional.<String>empty())
        .otherwise(
            failure ->
                failure instanceof ClusterFailure known && known.kind().leavesOutcomeOpen()
                    ? Optional.empty()
                    : Optional.of(ClusterFailure.sentence(failure)));
  }

  /** Waits until the copies are as they should be; why they will not be, or nothing. */
  Future<Optional<String>> await(Function<List<CopyState>, Future<Arrival>> judge) {
    return tools
        .longest()
        .map(
            longest ->
                new CopyWait(this::copies, tools.timers(), longest, judge)
                    .await(stopped)
                    .map(Arrival::trouble))
        // Nothing was sent, and nothing is to be waited for.
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /**
   * Waits until a shard has as many STARTED copies as that, and more of them complete; what CrateDB
   * gives up on meanwhile it is told to try again.
   */
  Future<Optional<String>> awaitWhole(long shard, ShardCopies before) {
    return await(new WholeShard(shard, before, false, this)::judge);
  }

  /** The same of a shard for which CrateDB was told to try again: what it gives up on stays so. */
  Future<Optional<String>> awaitMended(long shard, ShardCopies before) {
    return await(new WholeShard(shard, before, true, this)::judge);
  }

  /** The copies of the table that CrateDB gave up on. */
  Future<List<GivenUp>> givenUp() {
    return new Detection(tools.cluster()).givenUp(table.table());
  }

  /**
   * Has CrateDB try again where it gave up: after a flush, without which it fails as before where
   * an operation can't be replayed.
   *
   * @return fails with the reason when that was refused
   */
  Future<Void> tryAgain() {
    return send(Remedy.REBUILD, Sql.flush(table.table()))
        .compose(flushed -> send(Remedy.REBUILD, Sql.retryFailed(table.table())))
        .compose(CopySteps::tried);
  }

  private static Future<Void> tried(Optional<String> refusal) {
    return refusal
        .<Future<Void>>map(
            reason ->
                Future.failedFuture(
                    "CrateDB gave a copy up. With the privilege AL type: %s; (%s)"
                        .formatted(Sql.retryFailed().text(), reason)))
        .orElseGet(Future::succeededFuture);
  }
}
