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
  private final Supplier<Optional<String>> halted;
  private final Future<Void> stopped;
  private final Promise<Void> released = Promise.promise();
  private Optional<TableResetProcessor> processor = Optional.empty();

  /**
   * @param reset makes what resets the table
   * @param halted why no table may start; asked again after each wait
   * @param stopped completes when the run is stopped
   */
  TableTurn(
      Finding finding,
      Surroundings surroundings,
      Safeguards safeguards,
      Supplier<TableResetProcessor> reset,
      Supplier<Optional<String>> halted,
      Future<Void> stopped) {
    this.finding = finding;
    this.surroundings = surroundings;
    this.safeguards = safeguards;
    this.reset = reset;
    this.halted = halted;
    this.stopped = stopped;
  }

  /** Takes the turn; never fails because the table does. */
  Future<TableResult> run() {
    return room()
        .compose(refusal -> refusal.or(halted).map(this::notStarted).orElseGet(this::ask))
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

  /** Puts the table back at once. */
  void stop(String reason) {
    processor.ifPresent(p -> p.stop(reason));
  }

  private Future<Optional<String>> room() {
    Future<Optional<String>> room = safeguards.exposure().enter(finding);
    // A stop halts the run before it completes this, so the reason is told by halted.
    return Future.any(room, stopped)
        .map(first -> room.isComplete() ? room.result() : Optional.empty());
  }

  private Future<TableResult> notStarted(String reason) {
    return Future.succeededFuture(TableResult.notStarted(finding, reason));
  }

  private Future<TableResult> ask() {
    return verdicts().compose(this::asked);
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

  private Future<TableResult> asked(List<GateVerdict> verdicts) {
    if (isShut(verdicts)) {
      return Future.succeededFuture(TableResult.refused(finding, verdicts));
    }
    return halted
        .get()
        .map(this::notStarted)
        .orElseGet(this::treat)
        .map(result -> result.gates().isEmpty() ? result.with(verdicts) : result);
  }

  private Future<TableResult> treat() {
    return guarded(() -> safeguards.gentler().apply(finding, stopped))
        .otherwise(Optional.empty())
        .compose(
            tried ->
                tried.isPresent() && !tried.get().resetNext()
                    ? Future.succeededFuture(TableResult.treated(finding, tried.get()))
                    : tried
                        .map(unhealed -> askAgain())
                        .orElseGet(this::reset)
                        .map(result -> result.after(tried)));
  }

  /** What the gates saw is minutes old, and a copy that was dropped may not be back. */
  private Future<TableResult> askAgain() {
    return verdicts()
        .compose(
            verdicts ->
                isShut(verdicts)
                    ? Future.succeededFuture(TableResult.refused(finding, verdicts))
                    : reset().map(result -> result.with(verdicts)));
  }

  private Future<TableResult> reset() {
    return halted
        .get()
        .map(this::notStarted)
        .orElseGet(
            () -> {
              var begun = reset.get();
              processor = Optional.of(begun);
              return begun.run().compose(this::prove);
            });
  }

  private Future<TableResult> prove(ResetJob job) {
    TableResult result = TableResult.ended(finding, job);
    if (job.restore() != RestoreOutcome.DONE) {
      return Future.succeededFuture(result);
    }
    safeguards.exposure().recovering(finding.table());
    released.tryComplete();
    return guarded(() -> safeguards.recovery().await(finding, stopped))
        .otherwise(failure -> Cure.notAwaited(ClusterFailure.sentence(failure)))
        .map(result::with);
  }

  /** What a bug throws there is a failure like any other. */
  private static <T> Future<T> guarded(Supplier<Future<T>> step) {
    return Future.succeededFuture().compose(ready -> step.get());
  }
}
