package xmover.reset;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.table.Finding;
import xmover.table.Verdict;

/**
 * One table's turn in a run: try what is gentler, then wait for room, reset, and prove the cure;
 * the gates are asked before each remedy. The next table may take its place once its setting is
 * back; it is exposed until its replicas are.
 */
final class TableTurn {
  private final Finding finding;
  private final Surroundings surroundings;
  private final Safeguards safeguards;
  private final Supplier<TableResetProcessor> reset;
  private final Clearance clearance;
  private final Future<Void> stopped;
  private final Promise<Void> released = Promise.promise();
  private Optional<TableResetProcessor> processor = Optional.empty();
  private @Nullable Future<Optional<String>> room;

  /** What the gates said that were asked last. */
  private List<GateVerdict> asked = List.of();

  private Optional<Unread> unread = Optional.empty();

  private Optional<String> stopping = Optional.empty();

  /** The gentlest remedy before which a gate could not see; the turn gets no stronger. */
  private record Unread(Remedy remedy, List<GateVerdict> verdicts) {
    boolean bars(Remedy other) {
      return other.compareTo(remedy) > 0;
    }
  }

  /**
   * @param reset makes what resets the table
   * @param clearance asked again after each wait
   * @param stopped completes when the run is stopped
   */
  TableTurn(
      Finding finding,
      Surroundings surroundings,
      Safeguards safeguards,
      Supplier<TableResetProcessor> reset,
      Clearance clearance,
      Future<Void> stopped) {
    this.finding = finding;
    this.surroundings = surroundings;
    this.safeguards = safeguards;
    this.reset = reset;
    this.clearance = clearance;
    this.stopped = stopped;
  }

  /** Takes the turn; never fails because the table does. */
  Future<TableResult> run() {
    return started(this::treat)
        .onComplete(done -> safeguards.exposure().leave(finding.table()))
        .onSuccess(surroundings.listener()::ended);
  }

  /** Completes when the next table may take its place, though its own replicas are not back yet. */
  Future<Void> released() {
    return released.future();
  }

  /** Where its reset stands, once it began. */
  Optional<ResetJob> job() {
    return processor.map(TableResetProcessor::job);
  }

  /** Puts the table back at once, also one whose reset goes on only from now. */
  void stop(String reason) {
    stopping = Optional.of(reason);
    processor.ifPresent(p -> p.stop(reason));
  }

  /** A remedy that fails where nothing should is no reason to reset. */
  private Future<TableResult> treat() {
    Instant began = surroundings.timers().now();
    return guarded(() -> safeguards.gentler().apply(finding, permit(), stopped))
        .map(
            tried ->
                tried.map(t -> t.lasting(Duration.between(began, surroundings.timers().now()))))
        .transform(
            tried ->
                tried.succeeded()
                    ? afterwards(tried.result())
                    : Future.succeededFuture(
                        TableResult.notStarted(finding, ClusterFailure.sentence(tried.cause()))));
  }

  private Future<TableResult> afterwards(Optional<Treatment> tried) {
    if (finding.isEarly()) {
      return Future.succeededFuture(neverReset(tried));
    }
    return tried.isPresent() && !(tried.get().resetNext() && mayBeReset())
        ? Future.succeededFuture(treated(tried.get()))
        : behindGates(tried).map(result -> tried.map(result::after).orElse(result));
  }

  /** Whatever became of it, below the thresholds a table keeps its replicas. */
  private TableResult neverReset(Optional<Treatment> tried) {
    return tried
        .map(this::treated)
        .orElseGet(
            () ->
                TableResult.notStarted(
                    finding, "below the thresholds, where copies are moved or rebuilt alone"));
  }

  private boolean mayBeReset() {
    return finding.verdict().action() != Verdict.Action.SKIP;
  }

  /** A gate that was shut for one copy does not make a table refused of which another was moved. */
  private TableResult treated(Treatment treatment) {
    TableResult result = TableResult.treated(finding, treatment);
    if (!isShut(asked)) {
      return result.with(asked);
    }
    return treatment.applied() ? result : TableResult.refused(finding, asked);
  }

  /** The reset, unless it is not permitted or not needed any more. */
  private Future<TableResult> behindGates(Optional<Treatment> tried) {
    if (!mayBeReset()) {
      return Future.succeededFuture(
          TableResult.notStarted(finding, "it needs no reset: " + finding.verdict().reason()));
    }
    return permit(Remedy.RESET)
        .compose(
            refusal ->
                refusal.isPresent()
                    ? Future.succeededFuture(refused(refusal.get()))
                    : resetUnlessHealed(tried));
  }

  /** What can't be seen may be healed, and is left as it is. */
  private Future<TableResult> resetUnlessHealed(Optional<Treatment> tried) {
    return guarded(() -> safeguards.gentler().healedMeanwhile(finding, tried, stopped))
        .transform(
            look ->
                look.succeeded()
                    ? look.result()
                        .map(this::treated)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> resetUnlessPaused(tried))
                    : Future.succeededFuture(notSeen(look.cause())));
  }

  private TableResult notSeen(Throwable failure) {
    return TableResult.notStarted(
        finding,
        "whether it still needs its reset can't be seen: " + ClusterFailure.sentence(failure));
  }

  private TableResult refused(String reason) {
    return isShut(asked)
        ? TableResult.refused(finding, asked)
        : TableResult.notStarted(finding, reason);
  }

  private GentlerRemedy.Permit permit() {
    return new GentlerRemedy.Permit() {
      @Override
      public Future<Optional<String>> ask(Remedy remedy) {
        return permit(remedy);
      }

      @Override
      public boolean isHeld() {
        return clearance.refusal().get().isPresent() || !clearance.unpaused().get().isComplete();
      }

      @Override
      public boolean isUnread() {
        return unread.isPresent();
      }
    };
  }

  /** Why a remedy may not be applied now; empty where there is room and every gate is open. */
  private Future<Optional<String>> permit(Remedy remedy) {
    Optional<Unread> barred = unread.filter(before -> before.bars(remedy));
    asked = barred.map(Unread::verdicts).orElse(List.of());
    if (barred.isPresent()) {
      return Future.succeededFuture(firstShut(asked));
    }
    return (remedy.exposes() ? room() : Future.succeededFuture(Optional.<String>empty()))
        .compose(
            full ->
                full.or(clearance.refusal()).isPresent()
                    ? Future.succeededFuture(full.or(clearance.refusal()))
                    : gates(remedy));
  }

  private Future<Optional<String>> gates(Remedy remedy) {
    return verdicts(remedy)
        .compose(
            verdicts -> {
              asked = verdicts;
              remember(remedy, verdicts);
              if (isShut(verdicts)) {
                return Future.succeededFuture(firstShut(verdicts));
              }
              Future<Void> unpaused = clearance.unpaused().get();
              return unpaused.isComplete()
                  ? Future.succeededFuture(clearance.refusal().get())
                  // What the gates saw is old when the pause is over.
                  : unpaused.compose(over -> gates(remedy));
            });
  }

  private void remember(Remedy remedy, List<GateVerdict> verdicts) {
    if (verdicts.stream().anyMatch(GateVerdict::isUnread)
        && unread.filter(before -> before.remedy().compareTo(remedy) <= 0).isEmpty()) {
      unread = Optional.of(new Unread(remedy, verdicts));
    }
  }

  /** Asked once however many remedies need it. */
  private Future<Optional<String>> room() {
    if (room == null) {
      room = safeguards.exposure().enter(finding);
    }
    Future<Optional<String>> entered = room;
    // A stop halts the run before it completes this, so the clearance tells the reason.
    return Future.any(entered, stopped)
        .map(first -> entered.isComplete() ? entered.result() : Optional.empty());
  }

  private Future<TableResult> started(Supplier<Future<TableResult>> next) {
    return clearance
        .refusal()
        .get()
        .map(reason -> Future.succeededFuture(TableResult.notStarted(finding, reason)))
        .orElseGet(next);
  }

  /** With a node that hangs the answer takes long, and a stop waits for nobody. */
  private Future<List<GateVerdict>> verdicts(Remedy remedy) {
    Future<List<GateVerdict>> answer =
        guarded(() -> safeguards.gate().ask(finding, remedy))
            .otherwise(failure -> List.of(unseen(failure)));
    return Future.any(answer, stopped)
        .map(first -> answer.isComplete() ? answer.result() : List.<GateVerdict>of())
        .onSuccess(verdicts -> surroundings.listener().gates(finding, verdicts));
  }

  private static boolean isShut(List<GateVerdict> verdicts) {
    return verdicts.stream().anyMatch(GateVerdict::isShut);
  }

  private static Optional<String> firstShut(List<GateVerdict> verdicts) {
    return verdicts.stream().filter(GateVerdict::isShut).findFirst().map(GateVerdict::toString);
  }

  private static GateVerdict unseen(Throwable failure) {
    return GateVerdict.unread(
        "preflight",
        "the state of the cluster could not be read: " + ClusterFailure.sentence(failure),
        "");
  }

  /** Even the look that decides for a reset takes time, in which a pause may begin. */
  private Future<TableResult> resetUnlessPaused(Optional<Treatment> tried) {
    return clearance.unpaused().get().isComplete() ? started(this::reset) : behindGates(tried);
  }

  private Future<TableResult> reset() {
    var begun = reset.get();
    processor = Optional.of(begun);
    Future<ResetJob> ended = begun.run();
    stopping.ifPresent(begun::stop);
    return ended.compose(this::prove);
  }

  private Future<TableResult> prove(ResetJob job) {
    TableResult result = TableResult.ended(finding, job).with(asked);
    if (job.restore() != RestoreOutcome.DONE) {
      return Future.succeededFuture(result);
    }
    safeguards.exposure().recovering(finding.table());
    released.tryComplete();
    Finding named = finding.called(job.named());
    return guarded(() -> safeguards.recovery().await(named, job.subject().identity(), stopped))
        .otherwise(failure -> Cure.unproven(ClusterFailure.sentence(failure)))
        .map(result::with);
  }

  /** What a bug throws there is a failure like any other. */
  private static <T> Future<T> guarded(Supplier<Future<T>> step) {
    return Future.succeededFuture().compose(ready -> step.get());
  }
}
