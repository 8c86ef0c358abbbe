package xmover.reset.engine;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Retry;
import xmover.cluster.RetryPolicy;
import xmover.cluster.sql.Sql;
import xmover.reset.RunEvent;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetEvent;
import xmover.reset.machine.Subject;
import xmover.reset.machine.ZeroAlter;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Sets the replicas of one table to 0 and reads back until it shows. What the ALTER's answer says,
 * be it a refusal, or that it is lost, decides nothing; the catalogue does.
 */
final class Zeroing {
  private final ResetContext context;
  private final ReplicaCatalogue catalogue;
  private final Checks checks;
  private final ReplicaSetting original;
  private Subject subject;
  private ZeroAlter zero = ZeroAlter.NEVER_LEFT;

  /**
   * What is asked in between.
   *
   * @param stopped why no further ALTER may leave; empty while it may
   * @param gates why the gates refuse another ALTER by now; empty when they let it pass
   * @param pending is told that an ALTER was not seen and may come later; no other one leaves where
   *     that can't be written
   * @param renamed is told another name of the table
   * @param strays is told what a look for a table showed that the ALTER met in its place
   */
  record Checks(
      Supplier<Optional<String>> stopped,
      Supplier<Future<Optional<String>>> gates,
      Supplier<Future<Void>> pending,
      Consumer<TableRef> renamed,
      Consumer<Optional<OpenEnds.Stray>> strays) {}

  /**
   * @param original what it is set to, and is to be set to again
   */
  Zeroing(Subject subject, ReplicaSetting original, ResetContext context, Checks checks) {
    this.subject = subject;
    this.original = original;
    this.context = context;
    this.checks = checks;
    this.catalogue = new ReplicaCatalogue(context.cluster(), context.timers(), context.self());
  }

  /** Never fails: what goes wrong is an event. */
  Future<ResetEvent> run() {
    return attempt(Retry.first(RetryPolicy.STATEMENT, context.timers()));
  }

  private Future<ResetEvent> attempt(Retry retry) {
    Optional<String> stopped = checks.stopped().get();
    if (stopped.isPresent()) {
      return failed(stopped.get());
    }
    return context
        .cluster()
        .execute(Sql.setReplicas(subject.named(), ReplicaSetting.ZERO))
        .transform(answer -> readBack(retry, answer.cause()));
  }

  private static ZeroAlter told(@Nullable Throwable failure) {
    if (failure == null) {
      return ZeroAlter.ANSWERED;
    }
    if (ClusterFailure.leavesOutcomeOpen(failure)) {
      return ZeroAlter.LOST;
    }
    return ((ClusterFailure) failure).kind().isConnection()
        ? ZeroAlter.NEVER_LEFT
        : ZeroAlter.REFUSED;
  }

  private Future<ResetEvent> readBack(Retry retry, @Nullable Throwable failure) {
    ZeroAlter now = told(failure);
    if (zero.or(now) == ZeroAlter.NEVER_LEFT) {
      return failed(ClusterFailure.sentence(Objects.requireNonNull(failure)));
    }
    return catalogue
        .look(subject)
        .compose(
            sighting -> {
              zero = showsZero(sighting) ? zero.seen() : zero.or(now);
              return judge(retry, failure, sighting);
            });
  }

  /** To set 0 over it, and the old setting afterwards, would undo what somebody wanted. */
  private boolean isChosenByOthers(TableLookup.Found found) {
    return !found.shows(ReplicaSetting.ZERO)
        && !found.shows(original)
        && found.setting().isPresent();
  }

  private static boolean showsZero(TableLookup sighting) {
    return sighting instanceof TableLookup.Found found && found.shows(ReplicaSetting.ZERO);
  }

  private Future<ResetEvent> judge(Retry retry, @Nullable Throwable failure, TableLookup sighting) {
    if (!(sighting instanceof TableLookup.Found found)) {
      return failed("nobody knows whether it was applied: " + sighting.reason());
    }
    return found.isNamedOtherwise(subject.named())
        ? follow(found).compose(looked -> judge(retry, failure, found))
        : judge(retry, failure, found);
  }

  private Future<ResetEvent> judge(
      Retry retry, @Nullable Throwable failure, TableLookup.Found found) {
    if (found.shows(ReplicaSetting.ZERO)) {
      return Future.succeededFuture(new ResetEvent.ZeroSeen(zero));
    }
    if (isChosenByOthers(found)) {
      return failed("somebody else set its replicas meanwhile: " + found.reason());
    }
    String reason =
        failure != null
            ? ClusterFailure.sentence(failure)
            : "the ALTER was answered, but " + found.reason();
    boolean refused = failure != null && !ClusterFailure.leavesOutcomeOpen(failure);
    if (retry.isLast() || refused) {
      return failed(reason);
    }
    context
        .listener()
        .on(
            new RunEvent.Retrying(
                subject.table(), "setting replicas to 0", retry.attempt(), retry.delay(), reason));
    return retry.again(this::again);
  }

  /** What the gates saw before the first ALTER is old by now, and so is the name. */
  private Future<ResetEvent> again(Retry retry) {
    return checks
        .gates()
        .get()
        .compose(
            refusal ->
                refusal
                    .map(gate -> failed("it was not tried again: " + gate))
                    .orElseGet(() -> catalogue.look(subject).compose(now -> again(retry, now))));
  }

  private Future<ResetEvent> again(Retry retry, TableLookup now) {
    boolean sameName =
        now instanceof TableLookup.Found found && !found.isNamedOtherwise(subject.named());
    if (!sameName) {
      return failed("it was not tried again, as it is not under its name any more");
    }
    if (now instanceof TableLookup.Found found && isChosenByOthers(found)) {
      return failed("it was not tried again, as somebody else set its replicas: " + found.reason());
    }
    return (zero == ZeroAlter.LOST ? checks.pending().get() : Future.<Void>succeededFuture())
        .transform(
            written ->
                written.succeeded()
                    ? attempt(retry)
                    : failed(
                        "it was not tried again, as the journal can't be written: "
                            + ClusterFailure.sentence(written.cause())));
  }

  private Future<Void> follow(TableLookup.Found found) {
    subject = subject.seenAs(found.name());
    checks.renamed().accept(found.name());
    return new StrayCheck(catalogue, context)
        .look(subject, Optional.empty())
        .onSuccess(checks.strays()::accept)
        .mapEmpty();
  }

  private Future<ResetEvent> failed(String reason) {
    return Future.succeededFuture(new ResetEvent.ZeroFailed(reason, zero));
  }
}
