package xmover.reset.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.reset.Cure;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.Safeguards;
import xmover.reset.TableResult;
import xmover.reset.engine.TurnMachine.Turn;
import xmover.reset.machine.ResetJob;
import xmover.table.Finding;

/**
 * One table's turn in a run: does what the {@link TurnMachine} decides. The next table may take its
 * place once its setting is back; it is exposed until its replicas are.
 */
final class TableTurn {
  private final ResetContext context;
  private final Safeguards safeguards;
  private final Supplier<TableResetProcessor> reset;
  private final MayStart mayStart;
  private final Future<Void> stopped;
  private final TurnPermit permit;
  private final Promise<Void> released = Promise.promise();
  private Turn turn;
  private Optional<TableResetProcessor> processor = Optional.empty();
  private Optional<String> stopping = Optional.empty();

  /**
   * @param reset makes what resets the table
   * @param mayStart asked again after each wait
   * @param stopped completes when the run is stopped
   */
  TableTurn(
      Finding finding,
      ResetContext context,
      Safeguards safeguards,
      Supplier<TableResetProcessor> reset,
      MayStart mayStart,
      Future<Void> stopped) {
    this.context = context;
    this.safeguards = safeguards;
    this.reset = reset;
    this.mayStart = mayStart;
    this.stopped = stopped;
    this.permit = new TurnPermit(finding, context, safeguards, mayStart, stopped);
    this.turn = Turn.queued(finding);
  }

  /** Takes the turn; never fails because the table does. */
  Future<TableResult> run() {
    return guarded(() -> on(new TurnEvent.Begun(mayStart.refusal().get())))
        .onComplete(done -> safeguards.exposure().leave(turn.finding().table()))
        .onSuccess(result -> context.listener().on(new RunEvent.TableEnded(result)));
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

  private Future<TableResult> on(TurnEvent event) {
    TurnMachine.Step step = TurnMachine.on(turn, event);
    turn = step.turn();
    return switch (step.command()) {
      case TRY_GENTLER -> tryGentler().compose(this::on);
      case ASK_GATES -> askGates().compose(this::on);
      case CHECK -> check().compose(this::on);
      case RESET -> reset().compose(this::on);
      case AWAIT_RECOVERY -> awaitRecovery().compose(this::on);
      case NOTHING -> Future.succeededFuture(turn.result().orElseThrow());
    };
  }

  private Future<TurnEvent> tryGentler() {
    Instant began = context.timers().now();
    return guarded(() -> safeguards.gentler().apply(turn.finding(), permit, stopped))
        .map(tried -> tried.map(t -> t.lasting(since(began))))
        .<TurnEvent>map(tried -> new TurnEvent.Tried(tried, permit.asked()))
        .otherwise(failure -> new TurnEvent.NotTried(ClusterFailure.sentence(failure)));
  }

  private Duration since(Instant began) {
    return Duration.between(began, context.timers().now());
  }

  private Future<TurnEvent> askGates() {
    return permit
        .ask(Remedy.RESET)
        .map(
            refusal ->
                refusal
                    .<TurnEvent>map(reason -> new TurnEvent.Refused(reason, permit.asked()))
                    .orElseGet(() -> new TurnEvent.Permitted(permit.asked())));
  }

  /** Even this look takes time, in which a pause may begin. */
  private Future<TurnEvent> check() {
    return guarded(
            () -> safeguards.gentler().healedMeanwhile(turn.finding(), turn.tried(), stopped))
        .map(
            healed ->
                healed
                    .<TurnEvent>map(TurnEvent.Healed::new)
                    .orElseGet(
                        () -> new TurnEvent.StillSick(permit.isPaused(), mayStart.refusal().get())))
        .otherwise(failure -> new TurnEvent.NotSeen(ClusterFailure.sentence(failure)));
  }

  private Future<TurnEvent> reset() {
    var begun = reset.get();
    processor = Optional.of(begun);
    Future<ResetJob> ended = begun.run();
    stopping.ifPresent(begun::stop);
    return ended.map(TurnEvent.ResetEnded::new);
  }

  private Future<TurnEvent> awaitRecovery() {
    ResetJob job = job().orElseThrow();
    safeguards.exposure().recovering(turn.finding().table());
    released.tryComplete();
    Finding named = turn.finding().called(job.named());
    return guarded(() -> safeguards.recovery().await(named, job.subject().identity(), stopped))
        .otherwise(failure -> Cure.unproven(ClusterFailure.sentence(failure)))
        .map(TurnEvent.Recovered::new);
  }

  /** What a bug throws there is a failure like any other. */
  private static <T> Future<T> guarded(Supplier<Future<T>> step) {
    return Future.succeededFuture().compose(ready -> step.get());
  }
}
