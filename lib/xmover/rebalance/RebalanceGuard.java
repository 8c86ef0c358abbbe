package xmover.rebalance;

import static xmover.reset.RebalanceHold.OFF;

import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.sql.Sql;
import xmover.reset.HoldJournal;
import xmover.reset.HoldNews;
import xmover.reset.RebalanceHold;
import xmover.reset.RunEvent;

/**
 * Keeps CrateDB from moving primaries while tables are at one copy, and puts back what was in
 * force. What that was is in the journal before anything is sent, so that a later run puts back
 * what this one can't.
 */
public final class RebalanceGuard {
  private final RunAccess access;
  private final HoldJournal journal;
  private volatile Optional<RebalanceHold> hold = Optional.empty();

  /** Whether the SET got no answer and was not seen: it may yet be applied, at any time. */
  private volatile boolean pending;

  private @Nullable Future<Void> begun;
  private @Nullable Future<Optional<HoldNews>> ended;

  public RebalanceGuard(RunAccess access, HoldJournal journal) {
    this.access = access;
    this.journal = journal;
  }

  /** Takes over what another run did not put back: {@link #end} will. */
  public Future<Void> inherit() {
    return journal.held().map(this::inherited);
  }

  private @Nullable Void inherited(Optional<RebalanceHold> held) {
    hold = held;
    held.map(HoldNews::inherited).ifPresent(this::report);
    return null;
  }

  /** What is to be put back; empty while nothing is. */
  public Optional<RebalanceHold> hold() {
    return hold;
  }

  /**
   * Switches rebalancing off, unless it is off; asked again it does nothing. Fails with a {@link
   * HoldRefused} when it can't be.
   */
  public synchronized Future<Void> begin() {
    if (begun == null) {
      begun =
          RestoreRebalance.inForce(access.cluster())
              .compose(this::begin)
              .recover(failure -> Future.failedFuture(HoldRefused.because(failure)));
    }
    return begun;
  }

  private Future<Void> begin(String now) {
    if (!now.equals(OFF)) {
      return switchOff(new RebalanceHold(access.run(), now, access.timers().now()));
    }
    if (hold.isEmpty()) {
      report(HoldNews.notNeeded());
    }
    return Future.succeededFuture();
  }

  private Future<Void> switchOff(RebalanceHold taken) {
    return journal
        .hold(taken)
        .onSuccess(written -> hold = Optional.of(taken))
        .compose(written -> set(taken))
        .onSuccess(off -> report(HoldNews.held(taken)));
  }

  private Future<Void> set(RebalanceHold taken) {
    return access
        .cluster()
        .execute(Sql.setRebalance(OFF))
        .transform(
            answer ->
                answer.succeeded() || ClusterFailure.leavesOutcomeOpen(answer.cause())
                    ? readBack(answer.cause())
                    : refused(taken, answer.cause()));
  }

  private Future<Void> refused(RebalanceHold taken, Throwable failure) {
    hold = Optional.empty();
    // Without an answer from the journal, too, the next run finds that nothing is to be put back.
    return journal.release(taken).transform(released -> Future.failedFuture(failure));
  }

  /** What the answer says, or that it is lost, decides nothing. */
  private Future<Void> readBack(@Nullable Throwable lost) {
    return RestoreRebalance.inForce(access.cluster())
        .transform(
            now -> {
              if (now.succeeded() && now.result().equals(OFF)) {
                return Future.succeededFuture();
              }
              pending = lost != null;
              return Future.failedFuture(lost == null ? unseen(now.cause()) : lost);
            });
  }

  private static Throwable unseen(@Nullable Throwable unreadable) {
    return unreadable == null
        ? new IllegalStateException("the SET was answered, but another value is in force")
        : unreadable;
  }

  /**
   * Puts back what was in force, past every breaker and for minutes; asked again it does nothing.
   * Never fails: what can't be put back stays in the journal and is told.
   *
   * @return how that ended; empty when nothing was held
   */
  public synchronized Future<Optional<HoldNews>> end() {
    if (ended == null) {
      ended = hold.map(this::putBack).orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }
    return ended;
  }

  private Future<Optional<HoldNews>> putBack(RebalanceHold held) {
    return new RestoreRebalance(held, pending, access)
        .run()
        .compose(end -> end.isLeftOff() ? Future.succeededFuture(end) : forget(held, end))
        .onSuccess(this::report)
        .map(Optional::of);
  }

  private Future<HoldNews> forget(RebalanceHold held, HoldNews end) {
    hold = Optional.empty();
    return journal
        .release(held)
        .onFailure(failure -> report(HoldNews.notForgotten(held, failure)))
        .transform(released -> Future.succeededFuture(end));
  }

  private void report(HoldNews news) {
    access.listener().on(new RunEvent.Rebalancing(news));
  }
}
