package xmover.reset.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.reset.GateVerdict;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.TableResult;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * Resets many tables, worst first, a few at a time. A table that fails costs the others nothing,
 * except that after a failed restore, or while the cluster can't be reached, none is started; those
 * at zero already go on whatever happens. All of it runs on one event loop.
 */
public final class AutoExecOrchestrator {
  private final ResetContext context;
  private final RunLimits limits;
  private final BooleanSupplier unreachable;
  private final Map<TableRef, JournalEntry> begun;
  private final List<TableResult> results = new ArrayList<>();
  private final Set<TableTurn> running = new HashSet<>();
  private final List<Future<TableResult>> turns = new ArrayList<>();
  private final Promise<Void> stopped = Promise.promise();
  private Optional<String> halted = Optional.empty();
  private Optional<String> stopReason = Optional.empty();
  private Optional<Promise<Void>> paused = Optional.empty();

  /**
   * @param unreachable tells whether the circuit breaker is open
   * @param begun what other processes began and these tables go on with; the others begin anew
   */
  public AutoExecOrchestrator(
      ResetContext context,
      RunLimits limits,
      BooleanSupplier unreachable,
      Map<TableRef, JournalEntry> begun) {
    this.context = context;
    this.limits = limits;
    this.unreachable = unreachable;
    this.begun = Map.copyOf(begun);
  }

  /** Resets these tables, given worst first; never fails because one of them does. */
  public Future<RunReport> run(List<Finding> findings) {
    Instant started = context.timers().now();
    int chosen = Math.min(findings.size(), limits.maxTables());
    context.listener().on(new RunEvent.Chosen(findings.subList(0, chosen)));
    Future<Void> batches = Future.succeededFuture();
    for (List<Finding> batch : batches(findings.subList(0, chosen))) {
      batches =
          batches
              .compose(done -> pauseBetweenBatches())
              .compose(rested -> run(batch, limits.concurrent()));
    }
    return batches
        .compose(done -> Future.join(turns))
        .compose(done -> new FinalCheck(context).look(List.copyOf(results)))
        .map(
            seen -> new RunReport(started, context.timers().now(), seen, findings.size() - chosen));
  }

  /** Starts no new table and puts those under way back at once. */
  public void stop(String reason) {
    halted = halted.or(() -> Optional.of(reason));
    stopReason = stopReason.or(() -> Optional.of(reason));
    stopped.tryComplete();
    proceed();
    List.copyOf(running).forEach(table -> table.stop(reason));
  }

  /** Starts no new table until {@link #proceed}; those under way go on. */
  public void pause() {
    if (paused.isEmpty()) {
      paused = Optional.of(Promise.promise());
    }
  }

  /** Ends a pause. */
  public void proceed() {
    Optional<Promise<Void>> waiting = paused;
    paused = Optional.empty();
    waiting.ifPresent(Promise::tryComplete);
  }

  /** True while no new table starts because it was told so. */
  public boolean isPaused() {
    return paused.isPresent();
  }

  /** The tables that may be without replicas at this moment. */
  public List<ResetJob> atRisk() {
    return running.stream()
        .flatMap(turn -> turn.job().stream())
        .filter(job -> job.state().isAtRisk())
        .toList();
  }

  private List<List<Finding>> batches(List<Finding> findings) {
    List<List<Finding>> batches = new ArrayList<>();
    List<Finding> rest = findings;
    while (!rest.isEmpty()) {
      int size = Math.min(rest.size(), limits.batchSize());
      batches.add(rest.subList(0, size));
      rest = rest.subList(size, rest.size());
    }
    return batches;
  }

  private Future<Void> pauseBetweenBatches() {
    return results.isEmpty() || limits.batchPause().isZero() || halted.isPresent()
        ? Future.succeededFuture()
        : Future.any(context.timers().after(limits.batchPause()), stopped.future()).mapEmpty();
  }

  private Future<Void> run(List<Finding> batch, int concurrent) {
    Deque<Finding> queue = new ArrayDeque<>(batch);
    List<Future<Void>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(concurrent, batch.size()); i++) {
      workers.add(work(queue));
    }
    return Future.join(workers).mapEmpty();
  }

  private Future<Void> work(Deque<Finding> queue) {
    // A promise and no chain of futures: thousands of links would end in too deep a stack.
    Promise<Void> done = Promise.promise();
    next(queue, done);
    return done.future();
  }

  private void next(Deque<Finding> queue, Promise<Void> done) {
    // A loop where a turn ends at once: thousands of refused tables would end in too deep a stack.
    while (!queue.isEmpty()) {
      boolean atZero = begun.containsKey(queue.element().table());
      Future<Void> free =
          atZero || paused.isEmpty() ? start(queue.remove()) : paused.get().future();
      if (!free.isComplete()) {
        free.onComplete(ended -> next(queue, done));
        return;
      }
    }
    done.complete();
  }

  /** Starts a table; completes when another may take its place. */
  private Future<Void> start(Finding next) {
    JournalEntry entry = begun.get(next.table());
    Optional<String> refusal = mayStart(entry).refusal().get();
    if (refusal.isPresent()) {
      ended(TableResult.notStarted(next, refusal.get()));
      return Future.succeededFuture();
    }
    TableTurn turn = turn(next, entry);
    running.add(turn);
    // Before the replicas are waited for, too: who dies meanwhile has reset the table all the same.
    turn.released()
        .onSuccess(
            free -> turn.job().ifPresent(job -> remember(entry, TableResult.ended(next, job))));
    // What is at zero when the run is stopped already is put back all the same.
    stopReason.ifPresent(turn::stop);
    Future<TableResult> result =
        turn.run()
            .otherwise(bug -> broken(next, turn.job(), entry, bug))
            .onSuccess(ended -> remember(entry, ended))
            .onSuccess(this::ended)
            .onComplete(over -> running.remove(turn));
    turns.add(result);
    return Future.any(turn.released(), result).mapEmpty();
  }

  /** A bug costs the others nothing, and what is at zero is not forgotten for it. */
  private TableResult broken(
      Finding next, Optional<ResetJob> begun, @Nullable JournalEntry entry, Throwable bug) {
    String reason = "unexpected: " + ClusterFailure.sentence(bug);
    Instant now = context.timers().now();
    return begun
        .filter(job -> job.state() != ResetState.DETECTED)
        .or(
            () ->
                Optional.ofNullable(entry)
                    .map(left -> ResetJob.resumed(left, next.table(), now, now)))
        .map(job -> TableResult.ended(next, job.broken(reason)))
        .orElseGet(() -> TableResult.notStarted(next, reason));
  }

  private TableTurn turn(Finding next, @Nullable JournalEntry entry) {
    Safeguards safeguards = context.safeguards();
    return new TableTurn(
        next,
        context,
        entry == null ? safeguards : safeguards.forUnfinished(),
        () -> processor(next, entry),
        mayStart(entry),
        stopped.future());
  }

  private MayStart mayStart(@Nullable JournalEntry entry) {
    return entry == null ? new MayStart(this::refusal, this::unpaused) : MayStart.ALWAYS;
  }

  private TableResetProcessor processor(Finding finding, @Nullable JournalEntry entry) {
    return entry == null
        ? new TableResetProcessor(finding.table(), context, () -> refusalByGates(finding))
        : TableResetProcessor.resuming(entry, finding.table(), context);
  }

  private Future<Optional<String>> refusalByGates(Finding finding) {
    Optional<String> refused = refusal();
    if (refused.isPresent()) {
      return Future.succeededFuture(refused);
    }
    return Future.succeededFuture()
        .compose(ready -> context.safeguards().gate().ask(finding, Remedy.RESET))
        .map(
            verdicts ->
                verdicts.stream()
                    .filter(GateVerdict::isShut)
                    .findFirst()
                    .map(GateVerdict::toString)
                    .or(this::refusal))
        .otherwise(failure -> Optional.of(ClusterFailure.sentence(failure)));
  }

  /** What an operator merely puts back was no reset. */
  private void remember(@Nullable JournalEntry entry, TableResult result) {
    if (entry == null || !entry.run().equals(context.run())) {
      PastReset.of(context.run(), result, context.timers().now()).ifPresent(this::remember);
    }
  }

  /** Not waited for: the restores of others must not stand behind it. */
  private void remember(PastReset reset) {
    Future.succeededFuture()
        .compose(ready -> context.journal().remember(reset))
        .onFailure(
            failure ->
                context
                    .listener()
                    .on(
                        new RunEvent.JournalFailed(
                            reset.table(), ClusterFailure.sentence(failure))));
  }

  private Optional<String> refusal() {
    return halted.or(
        () ->
            unreachable.getAsBoolean()
                ? Optional.of("the cluster can't be reached")
                : Optional.empty());
  }

  private Future<Void> unpaused() {
    return paused.map(Promise::future).orElseGet(Future::succeededFuture);
  }

  private void ended(TableResult result) {
    results.add(result);
    if (result.isCritical()) {
      halted =
          halted.or(() -> Optional.of("the restore of " + result.finding().table() + " failed"));
      // Who waits for the end of a pause is to learn that nothing starts any more.
      proceed();
    }
  }
}
