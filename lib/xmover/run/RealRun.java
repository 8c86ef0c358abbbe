package xmover.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tinylog.Logger;
import xmover.detect.ClusterIdentity;
import xmover.environment.Signals;
import xmover.gates.view.OwnChanges;
import xmover.journal.OpenJournal;
import xmover.log.EventForwarder;
import xmover.log.LogLines;
import xmover.log.RunLog;
import xmover.log.StructuredLogger;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.rebalance.RebalanceGuard;
import xmover.reset.GuardedListener;
import xmover.reset.PastReset;
import xmover.reset.ResetHistory;
import xmover.reset.ResetListener;
import xmover.reset.RunReport;
import xmover.reset.machine.RunIdentity;

/** A run that changes the cluster: it holds the lock, writes the journal, and can be watched. */
record RealRun(Connection connection, RunOptions how) implements RunKind {
  @Override
  public List<RunObserver> watchers(RunScene scene, LogLines lines) {
    return how.watchers().open(connection.environment(), scene, lines);
  }

  @Override
  public Engine engine(List<ResetListener> listeners, RunIdentity identity) {
    var ours = new OwnChanges();
    List<ResetListener> all = new ArrayList<>(listeners);
    all.addAll(ours.listeners());
    return Engine.real(connection, new GuardedListener(all, RealRun::broken), ours, identity);
  }

  @Override
  public List<ResetListener> loggers(LogLines lines) {
    return List.of(new EventForwarder(new StructuredLogger(lines)));
  }

  /** What a listener threw: told, and nothing else. */
  static void broken(Throwable thrown) {
    Logger.warn(thrown, "a listener failed");
  }

  @Override
  public OpenJournal memory(
      ClusterIdentity cluster,
      RunIdentity identity,
      Consumer<String> ofLock,
      Consumer<String> ofJournal) {
    return Connection.await(
        how.journal().open(connection, cluster, identity, how.takeover(), ofLock, ofJournal));
  }

  @Override
  public Optional<List<PastReset>> past(OpenJournal memory) {
    return how.watchers().isAsked(connection.environment())
        ? Connection.await(memory.journal().history().map(Optional::of).otherwise(Optional.empty()))
            .map(all -> ResetHistory.ofTheLastDays(all, connection.timers().now()))
        : Optional.empty();
  }

  @Override
  public Signals signals() {
    return connection.environment().signals();
  }

  @Override
  public Report report(
      RunReport done, Engine engine, ClusterIdentity cluster, RebalanceGuard rebalancing) {
    return new Report(done, Optional.empty());
  }

  @Override
  public void ended(RunLog log, Report report, ExitCode code) {
    log.ended(report.done(), code.number());
  }
}
