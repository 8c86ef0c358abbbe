package xmover.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import xmover.cluster.ClusterFailure;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.journal.Memory;
import xmover.observe.GateLogger;
import xmover.observe.LogLines;
import xmover.observe.RecoveryLogger;
import xmover.observe.RunLog;
import xmover.observe.RunObserver;
import xmover.observe.RunObservers;
import xmover.observe.RunScene;
import xmover.observe.StructuredLogger;
import xmover.reset.HoldNews;
import xmover.reset.JournalEntry;
import xmover.reset.RebalanceHold;
import xmover.reset.ResetListener;
import xmover.reset.ResetPolicy;
import xmover.reset.RunIdentity;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.Unfinished;
import xmover.safety.HeldRebalancing;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;

/** A run's hold on one cluster: connection, lock, journal, log, and an ear for signals. */
final class Session implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  private final RunIdentity identity;
  private final Toolkit toolkit;
  private final Run run;
  private final RunLog log;
  private final RunOrders orders;
  private final RunObservers observers;
  private final ClusterIdentity cluster;
  private final Memory memory;
  private final HeldRebalancing rebalancing;
  private boolean holdsRebalance;
  private final StopSignals signals;

  private Session(
      RunIdentity identity,
      Toolkit toolkit,
      Run run,
      RunLog log,
      RunObservers observers,
      Opening opening,
      boolean takeover) {
    this.identity = identity;
    this.toolkit = toolkit;
    this.run = run;
    this.log = log;
    this.observers = observers;
    this.orders = new RunOrders(run, log);
    Toolkit.await(run.onLoop(() -> observers.begin(orders)));
    this.cluster = Toolkit.await(run.detection().identity());
    tell(observer -> observer.runStarted(identity, cluster));
    this.memory =
        Toolkit.await(
            opening.journal().open(toolkit, cluster, identity, takeover, log::lockTroubled));
    memory.lock().takenFrom().ifPresent(log::tookOver);
    this.rebalancing = run.rebalancing(memory.journal());
    this.signals =
        StopSignals.listen(
            signal -> orders.stop("stopped by " + signal),
            new LastWords(run, rebalancing, opening.results().err())::leave);
  }

  /**
   * Connects, takes the lock, opens the journal, does the work and says what came of it.
   *
   * @param takeover whether to take the lock from another run
   */
  static ExitCode run(Opening opening, boolean takeover, Function<Session, RunReport> work) {
    RunIdentity identity = ThisProcess.newRun(CLOCK);
    LogLines lines = opening.log().open(CLOCK, identity);
    var log = new RunLog(lines);
    try (Toolkit toolkit = opening.connection().open()) {
      var scene =
          new RunScene(
              identity, toolkit.target(), toolkit.vertx(), toolkit.timers(), log::observerTroubled);
      var observers =
          new RunObservers(
              opening.observers().open(scene, log, opening.log().isForPeople()),
              Toolkit::broken,
              scene);
      List<ResetListener> listeners = new ArrayList<>(observers.list());
      listeners.addAll(
          0,
          List.of(new StructuredLogger(lines), new RecoveryLogger(lines), new GateLogger(lines)));
      Run run = toolkit.run(listeners, identity);
      try (var session = new Session(identity, toolkit, run, log, observers, opening, takeover)) {
        return session.ended(work.apply(session), opening.results());
      } catch (RuntimeException failure) {
        int code = ExitCode.ERROR.number();
        Toolkit.await(run.onLoop(() -> observers.tell(o -> o.runFailed(failure, code))));
        throw failure;
      } finally {
        Toolkit.await(run.onLoop(observers::close));
      }
    }
  }

  Detection detection() {
    return run.detection();
  }

  RunIdentity identity() {
    return identity;
  }

  ClusterIdentity cluster() {
    return cluster;
  }

  /** What was begun by others and is not ended. */
  Unfinished unfinished() {
    return Toolkit.await(
        memory.journal().unfinished().compose(all -> Unfinished.of(all, run.detection())));
  }

  /** From now on rebalancing is off while tables are reset. */
  void holdRebalance() {
    holdsRebalance = true;
  }

  private void hold(List<Finding> tables) {
    if (holdsRebalance && !tables.isEmpty()) {
      Toolkit.await(rebalancing.begin());
    }
  }

  /** Resets what was just detected, each table behind its gates. */
  RunReport heal(Analysis analysis, ResetPolicy policy, RunLimits limits, Precautions precautions) {
    hold(analysis.toReset());
    return Toolkit.await(
        run.heal(
            analysis,
            policy,
            limits,
            memory.journal(),
            precautions,
            precautions.gates().whenRed(log::turnedRed, orders::stop)));
  }

  /** The rebalancing that others switched off and did not put back. */
  Optional<RebalanceHold> held() {
    return Toolkit.await(memory.journal().held());
  }

  /** Goes on with what other runs did not end, and will put back what they held. */
  RunReport resume(
      Unfinished unfinished, ResetPolicy policy, RunLimits limits, Precautions precautions) {
    inherit(unfinished);
    return Toolkit.await(
        run.reset(
            unfinished.findings(),
            policy,
            limits,
            memory.journal(),
            unfinished.begun(),
            precautions));
  }

  /** Puts back what other runs did not end, and waits for nothing. */
  RunReport restore(Unfinished unfinished, ResetPolicy policy, RunLimits limits) {
    inherit(unfinished);
    return Toolkit.await(
        run.reset(
            unfinished.findings(),
            policy,
            limits,
            memory.journal(),
            unfinished.begun(),
            Safeguards.NONE));
  }

  private void inherit(Unfinished unfinished) {
    log.resuming(unfinished);
    Toolkit.await(rebalancing.inherit());
    hold(unfinished.findings());
  }

  /** Ends the run in order when this time is over. */
  void stopAfter(Duration longest) {
    toolkit.timers().after(longest).onSuccess(over -> orders.stop("--max-runtime is over"));
  }

  /** The run knows what it is up to. */
  void started(Analysis analysis, ResetPolicy policy) {
    log.started(analysis, policy);
    tell(observer -> observer.analysed(analysis, policy));
  }

  /** An operator wants other replicas than those that the journal remembers. */
  void overriding(List<JournalEntry> remembered, ReplicaSetting typed) {
    remembered.forEach(entry -> log.overriding(entry, typed));
  }

  /** What earlier runs left could not be put back: nothing new is begun on top of it. */
  void notBegun(RunReport resumed) {
    log.notBegun(resumed);
  }

  /**
   * Puts back what the run held; the code to leave with: that of a signal, unless something worse
   * happened.
   */
  private ExitCode ended(RunReport report, Results results) {
    boolean leftOff = Toolkit.await(rebalancing.end()).filter(HoldNews::isLeftOff).isPresent();
    ExitCode code = signals.exitCode(ExitCode.of(report, leftOff));
    ProcessEnd.OF_THIS_PROCESS.within(ProcessEnd.AFTER_RUN, code.number());
    // What is drawn on the terminal has to make room for the summary.
    tell(observer -> observer.runEnded(report, code.number()));
    return results.of(report, code, log);
  }

  private void tell(Consumer<RunObserver> news) {
    Toolkit.await(run.onLoop(() -> observers.tell(news)));
  }

  /** Puts back what is still held, and lets go of journal and lock: that can't fail a run. */
  @Override
  public void close() {
    Toolkit.await(
        rebalancing
            .end()
            .transform(ended -> memory.close().timeout(10, TimeUnit.SECONDS))
            .onFailure(
                kept ->
                    log.lockTroubled("the lock is left behind: " + ClusterFailure.sentence(kept)))
            .otherwiseEmpty());
  }
}
