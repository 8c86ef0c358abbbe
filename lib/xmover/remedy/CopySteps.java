package xmover.remedy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.remedy.CopyWait.Arrival;
import xmover.reset.CopyReading;
import xmover.reset.CopyStep;
import xmover.reset.FewerCopies;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.GivenUp;

/** The steps that remedies of one table are made of: look, send, wait until a shard is whole. */
final class CopySteps {
  private final Finding table;
  private final RemedyContext context;
  private final Future<Void> stopped;
  private Remedy begun = Remedy.NONE;
  private FewerCopies fewer = FewerCopies.NEVER;

  CopySteps(Finding table, RemedyContext context, Future<Void> stopped) {
    this.table = table;
    this.context = context;
    this.stopped = stopped;
  }

  Future<List<CopyState>> copies() {
    return new Detection(context.cluster())
        .copies(table.table())
        .onSuccess(
            seen ->
                context
                    .listener()
                    .on(
                        new RunEvent.CopiesSeen(
                            table.table(), seen.stream().map(CopyReading::of).toList())));
  }

  /** True when nothing is to be begun any more. */
  boolean isStopped() {
    return stopped.isComplete();
  }

  /**
   * Does something for one after the other, whatever comes of it, until it is stopped.
   *
   * @return whether for all
   */
  <T> Future<Boolean> each(Iterator<T> left, Function<T, Future<?>> treat) {
    Promise<Boolean> all = Promise.promise();
    next(left, treat, all);
    return all.future();
  }

  // No chain of futures: a thousand copies would end in too deep a stack.
  private <T> void next(Iterator<T> left, Function<T, Future<?>> treat, Promise<Boolean> all) {
    if (!left.hasNext() || isStopped()) {
      all.complete(!left.hasNext());
    } else {
      treat.apply(left.next()).onComplete(done -> next(left, treat, all));
    }
  }

  /** Tells what is to be done for one copy. */
  void decided(CopyStep step) {
    context.listener().on(new RunEvent.CopyTreated(table, step));
  }

  /** Sends it; why it was refused, or nothing. A lost answer is no refusal. */
  Future<Optional<String>> send(Remedy remedy, Statement statement) {
    context.listener().on(new RunEvent.RemedyBegun(table, remedy));
    return context
        .cluster()
        .execute(statement)
        .map(answer -> Optional.<String>empty())
        .otherwise(
            failure ->
                ClusterFailure.leavesOutcomeOpen(failure)
                    ? Optional.empty()
                    : Optional.of(ClusterFailure.sentence(failure)))
        .onSuccess(refusal -> begun = refusal.isEmpty() ? stronger(begun, remedy) : begun);
  }

  /** A flush is a part of every remedy. */
  private static Remedy stronger(Remedy one, Remedy other) {
    return other == Remedy.FLUSH || one.compareTo(other) >= 0 ? one : other;
  }

  /** The strongest remedy of which CrateDB took a statement, whatever came of it. */
  Remedy begun() {
    return begun;
  }

  /**
   * Waits until the copies are as they should be; why they will not be, or nothing. Fails when that
   * could not be seen in time.
   */
  Future<Optional<String>> await(Function<List<CopyState>, Future<Arrival>> judge) {
    return context
        .longest()
        .map(
            longest ->
                new CopyWait(this::copies, context.timers(), longest, judge)
                    .await(stopped)
                    .map(Arrival::trouble))
        // Nothing was sent, and nothing is to be waited for.
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /**
   * Waits until a shard for which CrateDB was told to try again has as many STARTED copies as that,
   * and more of them complete; what it gives up on again stays so.
   */
  Future<Optional<String>> awaitMended(long shard, ShardCopies before) {
    return await(new WholeShard(shard, before, true, this, context.timers()::now)::judge);
  }

  /** The copies of the table that CrateDB gave up on. */
  Future<List<GivenUp>> givenUp() {
    return new Detection(context.cluster()).givenUp(table.table());
  }

  /** Drops a copy and waits until its shard is whole; counts how long it was missing. */
  Future<Optional<String>> rebuild(Remedy remedy, CopyState copy, ShardCopies before) {
    Instant began = context.timers().now();
    var wait = new WholeShard(copy.id(), before, false, this, context.timers()::now);
    return send(remedy, Sql.cancelReplica(table.table(), copy.id(), copy.node().orElseThrow()))
        .compose(
            refusal ->
                refusal.isPresent()
                    ? Future.succeededFuture(refusal)
                    : await(wait::judge).onComplete(over -> missed(copy, began, wait.back())));
  }

  private void missed(CopyState copy, Instant began, Optional<Instant> back) {
    // Of a dry run nobody waits, and nothing was dropped.
    if (context.longest().isPresent()) {
      Duration time = Duration.between(began, back.orElseGet(context.timers()::now));
      fewer = fewer.plus(new FewerCopies(time, back.isPresent(), copy.size().orElse(Bytes.ZERO)));
    }
  }

  /** How long which shards had one copy fewer so far. */
  FewerCopies fewer() {
    return fewer;
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
