package xmover.reset;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.table.Finding;

/**
 * One table's turn in a run: wait for room, ask the gate, try what is gentler, reset, and prove the
 * cure. The next table may take its place once its setting is back; it is exposed until its
 * replicas are.
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
  private Optional<String> stopping = Optional.empty();

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
    return room()
        .compose(
            refusal ->
                refusal
                    .or(clearance.refusal())
                    .map(this::notStarted)
                    .orElseGet(() -> behindGates(this::treat)))
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

  private Future<Optional<String>> room() {
    Future<Optional<String>> room = safeguards.exposure().enter(finding);
    // A stop halts the run before it completes this, so the clearance tells the reason.
    return Future.any(room, stopped)
        .map(first -> room.isComplete() ? room.result() : Optional.empty());
  }

  private Future<TableResult> notStarted(String reason) {
    return Future.succeededFuture(TableResult.notStarted(finding, reason));
  }

  /** Goes on where every gate is open and no pause or stop holds it at that moment. */
  private Future<TableResult> behindGates(Supplier<Future<TableResult>> next) {
    return verdicts()
        .compose(
            verdicts -> {
              if (isShut(verdicts)) {
                return Future.succeededFuture(TableResult.refused(finding, verdicts));
              }
              Future<Void> unpaused = clearance.unpaused().get();
              return unpaused.isComplete()
                  ? started(next)
                      .map(result -> result.gates().isEmpty() ? result.with(verdicts) : result)
                  // What the gates saw is old when the pause is over.
                  : unpaused.compose(over -> behindGates(next));
            });
  }

  private Future<TableResult> started(Supplier<Future<TableResult>> next) {
    return clearance.refusal().get().map(this::notStarted).orElseGet(next);
  }

  /** With a node that hangs the answer takes long, and a stop waits for nobody. */
  private Future<List<GateVerdict>> verdicts() {
    Future<List<GateVerdict>> answer =
        guarded(() -> safeguards.gate().ask(finding))
            .otherwise(failure -> List.of(unseen(failure)));
    return Future.any(answer, stopped)
        .map(first -> answer.isComplete() ? answer.result() : List.<GateVerdict>of())
        .onSuccess(verdicts -> surroundings.listener().gates(finding, verdicts));
  }

  private static boolean isShut(List<GateVerdict> verdicts) {
    return verdicts.stream().anyMatch(GateVerdict::isShut);
  }

  private static GateVerdict unseen(Throwable failure) {
    return GateVerdict.shut(
        "preflight",
        "the state of the cluster could not be read: " + ClusterFailure.sentence(failure),
        "");
  }

  private Future<TableResult> treat() {
    return guarded(() -> safeguards.gentler().apply(finding, stopped))
        .otherwise(Optional.empty())
        .compose(
            tried ->
                tried.isPresent() && !tried.get().resetNext()
                    ? Future.succeededFuture(TableResult.treated(finding, tried.get()))
                    // What the gates saw is minutes old then, and a dropped copy may not be back.
                    : tried
                        .map(unhealed -> behindGates(this::reset))
                        .orElseGet(this::resetUnlessPaused)
                        .map(result -> result.after(tried)));
  }

  /** Even the look that decides for a reset takes time, in which a pause may begin. */
  private Future<TableResult> resetUnlessPaused() {
    return clearance.unpaused().get().isComplete()
        ? started(this::reset)
        : behindGates(this::reset);
  }

  private Future<TableResult> reset() {
    var begun = reset.get();
    processor = Optional.of(begun);
    Future<ResetJob> ended = begun.run();
    stopping.ifPresent(begun::stop);
    return ended.compose(this::prove);
  }

  private Future<TableResult> prove(ResetJob job) {
    TableResult result = TableResult.ended(finding, job);
    if (job.restore() != RestoreOutcome.DONE) {
      return Future.succeededFuture(result);
    }
    safeguards.exposure().recovering(finding.table());
    released.tryComplete();
    return guarded(() -> safeguards.recovery().await(finding.called(job.named()), stopped))
        .otherwise(failure -> Cure.notAwaited(ClusterFailure.sentence(failure)))
        .map(result::with);
  }

  /** What a bug throws there is a failure like any other. */
  private static <T> Future<T> guarded(Supplier<Future<T>> step) {
    return Future.succeededFuture().compose(ready -> step.get());
  }
}
