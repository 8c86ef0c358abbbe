package xmover.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.environment.Environment;
import xmover.environment.ProcessEnd;
import xmover.journal.Memory;
import xmover.observe.GateLogger;
import xmover.observe.LogLines;
import xmover.observe.LogOutput;
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
import xmover.safety.HoldRefused;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;

/** A run's hold on one cluster: connection, lock, journal, log, and an ear for signals. */
final class Session implements AutoCloseable {
  private final Environment environment;
  private final RunIdentity identity;
  private final Toolkit toolkit;
  private final Run run;
  private final RunLog log;
  private final RunOrders orders;
  private final RunObservers observers;
  private final ClusterIdentity cluster;
  private final Memory memory;
  private final List<String> elsewhere;
  private final HeldRebalancing rebalancing;
  private boolean holdsRebalance;
  private boolean triesToHold;
  private final StopSignals signals;

  private Session(
      RunIdentity identity,
      Toolkit toolkit,
      Run run,
      RunLog log,
      RunObservers observers,
      Opening opening,
      boolean takeover) {
    this.environment = opening.environment();
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
            opening
                .journal()
                .open(
                    toolkit, cluster, identity, takeover, log::lockTroubled, log::journalTroubled));
    memory.lock().takenFrom().ifPresent(log::tookOver);
    this.elsewhere = elsewhere(opening, toolkit);
    elsewhere.stream().flatMap(String::lines).forEach(log::elsewhere);
    this.rebalancing = run.rebalancing(memory.journal());
    this.signals =
        StopSignals.listen(
            environment.signals(),
            signal -> orders.stop("stopped by " + signal),
            new LastWords(environment.end(), run, rebalancing, opening.results().err())::leave);
  }

  /**
   * Connects, takes the lock, opens the journal, does the work and says what came of it.
   *
   * @param takeover whether to take the lock from another run
   */
  static ExitCode run(Opening opening, boolean takeover, Function<Session, RunReport> work) {
    Environment environment = opening.environment();
    RunIdentity started = NewRun.in(environment);
    // The connections are closed before the log is: they may have something to say.
    try (LogOutput output = opening.log().open(environment);
        Toolkit toolkit = opening.connection().open(environment)) {
      var lines = new LogLines(output, started.runId(), environment.clock());
      var log = new RunLog(lines);
      RunIdentity identity = started.at(toolkit.addresses());
      var scene =
          new RunScene(
              identity, toolkit.target(), toolkit.vertx(), toolkit.timers(), log::observerTroubled);
      var observers =
          new RunObservers(
              opening.observers().open(environment, scene, lines, opening.log().isForPeople()),
              Toolkit::broken,
              scene);
      List<ResetListener> listeners = new ArrayList<>(observers.list());
      listeners.addAll(
          0,
          List.of(new StructuredLogger(lines), new RecoveryLogger(lines), new GateLogger(lines)));
      Run run = toolkit.run(listeners, identity);
      try {
        return work(
            () -> new Session(identity, toolkit, run, log, observers, opening, takeover),
            work,
            opening,
            toolkit);
      } catch (RuntimeException failure) {
        int code = ExitCode.of(failure).number();
        Toolkit.await(run.onLoop(() -> observers.tell(o -> o.runFailed(failure, code))));
        throw failure;
      } finally {
        Toolkit.await(run.onLoop(observers::close));
      }
    }
  }

  /** What is open of other clusters: in the journal at hand, and in those of the same address. */
  private List<String> elsewhere(Opening opening, Toolkit toolkit) {
    List<String> told = new ArrayList<>();
    List<JournalEntry> foreign =
        Toolkit.await(memory.journal().unfinished()).stream()
            .filter(entry -> entry.isOfAnother(cluster.id()))
            .toList();
    if (!foreign.isEmpty()) {
      told.add(OpenEntries.ofAnother(foreign));
    }
    Toolkit.await(opening.journal().elsewhere(toolkit, cluster)).stream()
        .map(OpenEntries::told)
        .forEach(told::add);
    return told;
  }

  /** Whatever fails, what is open in a journal by then is told with it. */
  private static ExitCode work(
      Supplier<Session> opened,
      Function<Session, RunReport> work,
      Opening opening,
      Toolkit toolkit) {
    Session session;
    try {
      session = opened.get();
    } catch (ClusterFailure failure) {
      throw opening.journal().withOpenEntries(failure, toolkit);
    }
    try (session) {
      return session.ended(work.apply(session), opening.results());
    } catch (RuntimeException failure) {
      throw session.withOpenEntries(failure);
    }
  }

  private RuntimeException withOpenEntries(RuntimeException failure) {
    List<JournalEntry> open =
        Toolkit.await(memory.journal().unfinished().otherwise(List.<JournalEntry>of()));
    boolean expected = failure instanceof UnfinishedResets || open.isEmpty();
    return expected ? failure : OpenEntries.after(failure, open);
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

  /** What was begun by others on this cluster and is not ended. */
  Unfinished unfinished() {
    return Toolkit.await(
        memory
            .journal()
            .unfinished()
            .map(all -> all.stream().filter(entry -> !entry.isOfAnother(cluster.id())).toList())
            .compose(ours -> Unfinished.of(ours, run.detection())));
  }

  /** From now on rebalancing is off while tables are reset; where it can't be, nothing is. */
  void holdRebalance() {
    holdsRebalance = true;
  }

  /** The same where the user may; else CrateDB answers moves by moving other shards. */
  void holdRebalanceWherePermitted() {
    triesToHold = true;
  }

  private void hold(List<Finding> tables) {
    if ((holdsRebalance || triesToHold) && !tables.isEmpty()) {
      try {
        Toolkit.await(rebalancing.begin());
      } catch (HoldRefused refused) {
        if (holdsRebalance) {
          throw refused;
        }
        log.notHeld(ClusterFailure.sentence(refused));
      }
    }
  }

  /** Resets what was just detected, each table behind its gates. */
  RunReport heal(Analysis analysis, ResetPolicy policy, RunLimits limits, Precautions precautions) {
    hold(precautions.changed(analysis));
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
  RunReport resume(Unfinished unfinished, ResetPolicy policy, Precautions precautions) {
    inherit(unfinished);
    return Toolkit.await(
        run.reset(
            cluster,
            unfinished.findings(),
            policy,
            memory.journal(),
            unfinished.begun(),
            precautions));
  }

  /** Puts back what other runs did not end, and waits for nothing. */
  RunReport restore(Unfinished unfinished, ResetPolicy policy) {
    inherit(unfinished);
    return Toolkit.await(
        run.reset(
            cluster,
            unfinished.findings(),
            policy,
            Run.ALL_AT_ONCE,
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
    ExitCode code =
        elsewhere.isEmpty() ? signals.exitCode(ExitCode.of(report, leftOff)) : ExitCode.CRITICAL;
    environment.end().within(ProcessEnd.AFTER_RUN, code.number());
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
    signals.close();
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
