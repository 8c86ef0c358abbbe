package xmover.recovery;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import xmover.cluster.ClusterFailure;
import xmover.cluster.RetryPolicy;
import xmover.detect.CopyState;
import xmover.environment.Timers;
import xmover.recovery.DocumentCounts.Next;
import xmover.reset.Cure;
import xmover.table.Bytes;
import xmover.table.Finding;

/** One table's way back to all of its copies. */
final class RecoveryWait {
  /** From 0.5 s to 5 s between two looks. */
  private static final RetryPolicy LOOKS =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(500), 1.5, Duration.ofSeconds(5), 0);

  /** Looks at a replica that has just started, until what it reports is believed: about 7 s. */
  private static final int BELIEVED = 5;

  /**
   * How long nothing may have moved before copies that had no place before are waited for no more.
   */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Finding table;
  private final CopiesReader watch;
  private final Timers timers;
  private final Consumer<TableCopies> told;
  private final Bytes threshold;
  private final Duration timeout;
  private final Instant began;
  private final Instant deadline;
  private final Promise<Cure> cure = Promise.promise();

  private Optional<TableCopies> last = Optional.empty();
  private Instant moved;
  private Optional<Instant> back = Optional.empty();
  private int looks;
  private int looksUncured;
  private final DocumentCounts documents = new DocumentCounts();
  private boolean comparing;
  private boolean refresh;

  RecoveryWait(
      Finding table,
      CopiesReader watch,
      Timers timers,
      Consumer<TableCopies> told,
      Bytes threshold,
      Duration timeout) {
    this.table = table;
    this.watch = watch;
    this.timers = timers;
    this.told = told;
    this.threshold = threshold;
    this.timeout = timeout;
    this.began = timers.now();
    this.moved = began;
    this.deadline = began.plus(timeout);
  }

  /** Never fails. */
  Future<Cure> await(Future<Void> stopped) {
    // The run keeps what listens until it ends: the promise, and nothing of what was seen.
    Promise<Cure> promise = cure;
    stopped.onComplete(
        now -> promise.tryComplete(Cure.notAwaited("stopped before its replicas were back")));
    look();
    return promise.future();
  }

  // No chain of futures: thousands of looks would end in too deep a stack.
  private void look() {
    if (!cure.future().isComplete()) {
      watch.look().onComplete(this::looked);
    }
  }

  private void looked(AsyncResult<Optional<TableCopies>> look) {
    if (cure.future().isComplete()) {
      return;
    }
    Optional<Cure> verdict =
        look.succeeded()
            ? look.result().map(this::judge).orElseGet(RecoveryWait::gone)
            : another(look.cause());
    if (verdict.isPresent()) {
      end(verdict.get());
    } else if (refresh) {
      refresh = false;
      watch.refresh().onComplete(this::refreshed);
    } else if (comparing && !timers.now().isBefore(deadline)) {
      end(cured(last.orElseThrow(), DocumentCounts.notCompared("its time is over").told()));
    } else if (!timers.now().isBefore(deadline)) {
      end(tooLate(look));
    } else {
      again();
    }
  }

  /** What can't be refreshed can't be compared, and is no worse for that. */
  private void refreshed(AsyncResult<?> refresh) {
    if (refresh.succeeded()) {
      again();
    } else {
      String why = "they could not be refreshed: " + ClusterFailure.sentence(refresh.cause());
      end(cured(last.orElseThrow(), DocumentCounts.notCompared(why).told()));
    }
  }

  private void again() {
    timers.after(untilNextLook()).onSuccess(due -> look());
  }

  private void end(Cure how) {
    cure.tryComplete(how.after(Duration.between(began, timers.now())).with(back));
  }

  private Optional<Cure> judge(TableCopies look) {
    remember(look);
    told.accept(look);
    List<CopyState> missing = look.missing();
    if (look.copies().isEmpty() || (!missing.isEmpty() && !isAsBefore(look))) {
      comparing = false;
      looksUncured = 0;
      return Optional.empty();
    }
    List<CopyState> uncured = look.uncured(threshold);
    if (!uncured.isEmpty()) {
      comparing = false;
      return uncured(look, uncured);
    }
    return compared(look, documents.judge(look.copies()));
  }

  /** All is there and small; what is left is whether it is the same. */
  private Optional<Cure> compared(TableCopies look, DocumentCounts.Answer answer) {
    // The first looks that see a difference follow soon.
    looks = comparing ? looks : 1;
    comparing = answer.next() == Next.LOOK || answer.next() == Next.REFRESH;
    refresh = answer.next() == Next.REFRESH;
    return switch (answer.next()) {
      case LOOK, REFRESH -> Optional.empty();
      case DIFFERENT ->
          Optional.of(
              Cure.notCured(
                  "every copy is STARTED, and they differ: " + answer.told(), look.worstReplica()));
      case DONE -> Optional.of(cured(look, answer.told()));
    };
  }

  private static Cure cured(TableCopies look, String told) {
    Bytes worst = look.worstReplica().orElse(Bytes.ZERO);
    List<CopyState> missing = look.missing();
    Cure cure =
        missing.isEmpty()
            ? Cure.cured(worst)
            : Cure.cured(
                "%d copies have no node, as before; the worst replica is at %s"
                    .formatted(missing.size(), worst),
                worst);
    return told.isEmpty() ? cure : Cure.cured(cure.reason() + "; " + told, worst);
  }

  private void remember(TableCopies look) {
    if (last.filter(before -> before.missing().equals(look.missing())).isEmpty()) {
      moved = timers.now();
    }
    last = Optional.of(look);
    looks++;
    back = back(look);
  }

  /** Copies that had no place before are missing still; the others are back since nothing moved. */
  private Optional<Instant> back(TableCopies look) {
    if (look.copies().isEmpty()) {
      return Optional.empty();
    }
    if (look.missing().isEmpty()) {
      return back.or(() -> Optional.of(timers.now()));
    }
    return isAsBefore(look) ? Optional.of(moved) : Optional.empty();
  }

  private boolean isAsBefore(TableCopies look) {
    return look.missing().size() <= table.totals().unreported()
        && look.onlyUnassignedMissing()
        && Duration.between(moved, timers.now()).compareTo(SETTLED) >= 0;
  }

  private Optional<Cure> uncured(TableCopies look, List<CopyState> uncured) {
    looksUncured++;
    if (looksUncured == 1) {
      looks = 1;
    }
    return looksUncured < BELIEVED
        ? Optional.empty()
        : Optional.of(uncured(look, stillAbove(uncured)));
  }

  /** What does not say how much it holds is not seen to be sick. */
  private Cure uncured(TableCopies look, String reason) {
    return look.isUntold(threshold)
        ? Cure.unproven(reason)
        : Cure.notCured(reason, look.worstReplica());
  }

  private String stillAbove(List<CopyState> uncured) {
    return "every copy is STARTED, and still not below %s: %s"
        .formatted(threshold, TableCopies.named(uncured));
  }

  private static Optional<Cure> gone() {
    return Optional.of(Cure.notAwaited("the table is gone, or out of sight"));
  }

  /** What is another table by now is waited for no longer. */
  private static Optional<Cure> another(Throwable failure) {
    return ClusterFailure.isOfAnotherTable(failure)
        ? Optional.of(Cure.unproven(ClusterFailure.sentence(failure)))
        : Optional.empty();
  }

  private Cure tooLate(AsyncResult<?> look) {
    String after = "after %d s ".formatted(timeout.toSeconds());
    if (look.failed()) {
      return Cure.unproven(
          after + "its copies can't be read: " + ClusterFailure.sentence(look.cause()));
    }
    return last.filter(seen -> !seen.copies().isEmpty())
        .map(seen -> lacking(seen, after))
        .orElseGet(() -> Cure.unproven(after + "none of its copies was seen"));
  }

  private Cure lacking(TableCopies look, String after) {
    return look.missing().isEmpty()
        ? uncured(look, after + stillAbove(look.uncured(threshold)))
        : Cure.notCured(
            after + "not STARTED: " + TableCopies.named(look.missing()), look.worstReplica());
  }

  private Duration untilNextLook() {
    Duration left = Duration.between(timers.now(), deadline);
    Duration delay = LOOKS.delay(Math.max(1, looks), () -> 0.5);
    return delay.compareTo(left) < 0 ? delay : left;
  }
}
