package xmover.reset.engine;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Retry;
import xmover.cluster.RetryPolicy;
import xmover.cluster.sql.Sql;
import xmover.reset.RunEvent;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetEvent;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.Subject;
import xmover.reset.machine.ZeroAlter;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Puts a table's original setting back, again and again for minutes, past every breaker, until the
 * catalogue shows it for this very table. A setting that somebody else chose meanwhile is left as
 * it is.
 */
final class Restoring {
  /** A table that is seen nowhere twice, so far apart, was dropped. */
  private static final Duration GONE_FOR = Duration.ofMinutes(1);

  /** What {@code cluster.max_shards_per_node} does not limit. */
  private static final ReplicaSetting INTERIM = new ReplicaSetting("0-1");

  private final ReplicaSetting original;
  private final ResetContext context;
  private final ReplicaCatalogue catalogue;
  private final Told told;
  private Subject subject;
  private Optional<ReplicaSetting> interim;
  private Optional<Instant> missingSince;
  private final boolean late;
  private final Optional<OpenEnds.Stray> met;

  /** Whether the last ALTER to the interim setting got no answer. */
  private boolean interimLost;

  /** Whether such a one was not seen either: it may yet be applied, at any time. */
  private boolean interimPending;

  /** Whether this process has seen the table under the name it has; then it may act in doubt. */
  private boolean wasSeen;

  /** Whether the last look told nothing that may be acted on. */
  private boolean inDoubt;

  /**
   * Who is told meanwhile.
   *
   * @param renamed another name of the table
   * @param interim a setting that is about to be set instead of the original one; it must not leave
   *     before the future completes, and not at all when it fails
   * @param strays what a look for a table showed that an ALTER to 0 met in its place
   */
  record Told(
      Consumer<TableRef> renamed,
      Function<ReplicaSetting, Future<Void>> interim,
      Consumer<Optional<OpenEnds.Stray>> strays) {}

  /**
   * @param wasSeen whether this process has seen the table under the name it has
   */
  Restoring(
      Subject subject,
      ReplicaSetting original,
      OpenEnds ends,
      boolean wasSeen,
      ResetContext context,
      Told told) {
    this.subject = subject;
    this.original = original;
    this.interim = ends.interim();
    this.missingSince = ends.missingSince();
    this.late = ends.late();
    this.met = ends.stray();
    this.wasSeen = wasSeen;
    this.context = context;
    this.told = told;
    this.catalogue =
        new ReplicaCatalogue(
            context.unguarded(), context.cluster(), context.timers(), context.self());
  }

  /** Once more, for a table that was put back and seen at 0 again under this name. */
  Restoring(ResetJob job, TableRef named, ResetContext context) {
    this(
        job.subject().seenAs(named),
        job.originalSetting(),
        OpenEnds.NONE.left(job.openEnds().interim(), Optional.empty()),
        true,
        context,
        new Told(
            renamed -> {},
            interim -> Future.failedFuture("not at the end of a run"),
            strays -> {}));
  }

  /** Restores what was set to 0; never fails. */
  Future<ResetEvent> run() {
    return attempt(firstAttempt());
  }

  /**
   * Never fails: what goes wrong is an event.
   *
   * @param zero what is known of the ALTERs to 0
   * @param justSeen whether the table was seen at 0 this very moment
   */
  Future<ResetEvent> run(ZeroAlter zero, boolean justSeen) {
    return restored(zero, justSeen)
        .compose(
            event ->
                mayHaveMetAnother(zero) && !(event instanceof ResetEvent.RestoreFailed)
                    ? strays(Retry.first(RetryPolicy.STATEMENT, context.timers())).map(event)
                    : Future.succeededFuture(event));
  }

  /** An ALTER to 0 that was seen on the table itself has met no other one. */
  private boolean mayHaveMetAnother(ZeroAlter zero) {
    return late || met.isPresent() || zero == ZeroAlter.REFUSED;
  }

  /** Once the table itself is safe: whether an ALTER to 0 has met another one. */
  private Future<Void> strays(Retry retry) {
    return new StrayCheck(catalogue, context)
        .look(subject, met)
        .compose(
            stray -> {
              boolean unread = stray.filter(other -> other.uuid().isEmpty()).isPresent();
              if (unread && !retry.isLast()) {
                return retry.again(this::strays);
              }
              if (!stray.equals(met)) {
                told.strays().accept(stray);
              }
              return Future.succeededFuture();
            });
  }

  private Future<ResetEvent> restored(ZeroAlter zero, boolean justSeen) {
    Retry retry = firstAttempt();
    if (justSeen) {
      return guarded(retry, () -> alter(retry));
    }
    return zero.mayHaveBeenApplied()
        ? attempt(retry)
        : guarded(retry, () -> catalogue.look(subject).compose(sighting -> first(zero, sighting)));
  }

  /** It is all but certain that nothing was changed: reading that is enough. */
  private Future<ResetEvent> first(ZeroAlter zero, TableLookup sighting) {
    if (sighting instanceof TableLookup.Found found && found.shows(original)) {
      return Future.succeededFuture(new ResetEvent.NeverChanged());
    }
    boolean seen = sighting instanceof TableLookup.Found;
    return zero == ZeroAlter.NEVER_LEFT && !seen
        ? Future.succeededFuture(new ResetEvent.NothingSent())
        : act(firstAttempt(), sighting);
  }

  private Future<ResetEvent> attempt(Retry retry) {
    return guarded(retry, () -> catalogue.look(subject).compose(sighting -> act(retry, sighting)));
  }

  /** What a bug throws costs one attempt, as any failure does. */
  private Future<ResetEvent> guarded(Retry retry, Supplier<Future<ResetEvent>> step) {
    return Future.succeededFuture()
        .compose(ready -> step.get())
        .recover(bug -> again(retry, ClusterFailure.sentence(bug), bug));
  }

  private Future<ResetEvent> act(Retry retry, TableLookup sighting) {
    inDoubt = false;
    interimPending |= interimLost && !isAtInterim(sighting);
    interimLost = false;
    if (sighting instanceof TableLookup.Found found) {
      return found(found).map(Future::succeededFuture).orElseGet(() -> alter(retry));
    }
    if (sighting instanceof TableLookup.Missing) {
      return missing(retry);
    }
    if (sighting instanceof TableLookup.Unreadable unreadable && mayActInDoubt(unreadable)) {
      return alter(retry);
    }
    inDoubt = true;
    return again(retry, sighting.reason(), null);
  }

  /**
   * With a node that hangs nobody can read which table it is; meanwhile the one that this process
   * has set to 0 is at one copy. So it is restored by its name, unless that shows something else,
   * and looked at until it is proven.
   */
  private boolean mayActInDoubt(TableLookup.Unreadable unreadable) {
    return wasSeen && unreadable.underName().filter(found -> !isOurs(found)).isEmpty();
  }

  private boolean isOurs(TableLookup.Found found) {
    return found.shows(ReplicaSetting.ZERO)
        || found.shows(original)
        || interim.filter(found::shows).isPresent();
  }

  /** How it ends when somebody else has chosen a setting. */
  private Optional<ResetEvent> found(TableLookup.Found found) {
    missingSince = Optional.empty();
    wasSeen = true;
    if (found.isNamedOtherwise(subject.named())) {
      subject = subject.seenAs(found.name());
      told.renamed().accept(found.name());
    }
    // What is in no form that anybody knows is no setting that anybody chose.
    return isOurs(found)
        ? Optional.empty()
        : found.setting().map(setting -> new ResetEvent.ChangedByOthers(setting.text()));
  }

  private Future<ResetEvent> missing(Retry retry) {
    Instant now = context.timers().now();
    Instant since = missingSince.orElse(now);
    if (!now.isBefore(since.plus(GONE_FOR))) {
      return Future.succeededFuture(new ResetEvent.TableGone());
    }
    missingSince = Optional.of(since);
    // Whatever has its name from now on may be another table.
    wasSeen = false;
    return again(retry, new TableLookup.Missing().reason(), null);
  }

  private Future<ResetEvent> alter(Retry retry) {
    return alter(original)
        .transform(answer -> catalogue.look(subject).compose(after -> judge(retry, answer, after)));
  }

  private Future<?> alter(ReplicaSetting setting) {
    return context.unguarded().execute(Sql.setReplicas(subject.named(), setting));
  }

  private Future<ResetEvent> judge(Retry retry, AsyncResult<?> answer, TableLookup after) {
    if (after instanceof TableLookup.Found found) {
      Optional<ResetEvent> other = found(found);
      if (found.shows(original) || other.isPresent()) {
        return Future.succeededFuture(
            other.orElseGet(() -> new ResetEvent.RestoreSeen(isRefusal(answer), interimPending)));
      }
    }
    if (answer.failed()) {
      return refused(retry, answer.cause(), after);
    }
    return again(retry, "the ALTER was answered, but " + after.reason(), null);
  }

  private static boolean isRefusal(AsyncResult<?> answer) {
    return answer.failed() && !ClusterFailure.leavesOutcomeOpen(answer.cause());
  }

  private boolean isAtInterim(TableLookup sighting) {
    return sighting instanceof TableLookup.Found found && interim.filter(found::shows).isPresent();
  }

  /** Where the limit of shards alone refuses, fewer replicas are better than none. */
  private Future<ResetEvent> refused(Retry retry, Throwable failure, TableLookup after) {
    String reason = ClusterFailure.sentence(failure);
    boolean atZero = after instanceof TableLookup.Found found && found.shows(ReplicaSetting.ZERO);
    if (kind(failure) != ClusterFailure.Kind.SHARD_LIMIT || !atZero || original.isRange()) {
      return again(retry, reason, failure);
    }
    return journalled()
        .compose(
            written ->
                alter(INTERIM)
                    .onFailure(lost -> interimLost = ClusterFailure.leavesOutcomeOpen(lost)))
        .transform(set -> again(retry, reason, failure));
  }

  private Future<Void> journalled() {
    return interim.isPresent()
        ? Future.succeededFuture()
        : told.interim().apply(INTERIM).onSuccess(written -> interim = Optional.of(INTERIM));
  }

  private Future<ResetEvent> again(Retry retry, String reason, @Nullable Throwable failure) {
    if (retry.isLast()) {
      return Future.succeededFuture(
          new ResetEvent.RestoreFailed(
              "%d attempts failed: %s".formatted(retry.attempt(), reason),
              remedy(failure),
              interim,
              interimPending || interimLost,
              missingSince));
    }
    context
        .listener()
        .on(
            new RunEvent.Retrying(
                subject.table(),
                RunEvent.Retrying.RESTORING,
                retry.attempt(),
                retry.delay(),
                reason));
    return retry.again(this::attempt);
  }

  private Retry firstAttempt() {
    return Retry.first(RetryPolicy.RESTORE, context.timers());
  }

  /** What to lift where the ALTER itself would be refused again. */
  private String remedy(@Nullable Throwable failure) {
    if (missingSince.isPresent() || inDoubt) {
      return "see which table it is by now, xmover status; if it was dropped, xmover forget";
    }
    return switch (kind(failure)) {
      case SHARD_LIMIT ->
          "raise the limit, SET GLOBAL \"cluster.max_shards_per_node\" = …, then xmover resume";
      case BLOCKED ->
          "lift its block, ALTER TABLE "
              + subject.named().sqlTarget()
              + " SET (\"blocks.read_only\" = false), or read_only_allow_delete or metadata where"
              + " that is set, then xmover resume";
      default -> "";
    };
  }

  private static ClusterFailure.Kind kind(@Nullable Throwable failure) {
    return failure instanceof ClusterFailure known ? known.kind() : ClusterFailure.Kind.SERVER;
  }
}
