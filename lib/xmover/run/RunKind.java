package xmover.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.tinylog.Logger;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.detect.ClusterIdentity;
import xmover.environment.Signals;
import xmover.gates.view.OwnChanges;
import xmover.journal.Lock;
import xmover.journal.OpenJournal;
import xmover.log.LogLines;
import xmover.log.RunLog;
import xmover.log.StructuredLogger;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.print.DryRunPlan;
import xmover.print.PlanFacts;
import xmover.rebalance.RebalanceGuard;
import xmover.reset.GuardedListener;
import xmover.reset.NoJournal;
import xmover.reset.PastReset;
import xmover.reset.RebalanceHold;
import xmover.reset.ResetHistory;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.machine.RunIdentity;

/** What a run that changes the cluster and one that only plans do not have in common. */
sealed interface RunKind {
  /** Those who watch it; one that can't do what was asked for fails. */
  List<RunObserver> watchers(RunScene scene, LogLines lines);

  /** What is logged of it as it goes on; of a plan nothing, as that has it all. */
  default List<RunListener> loggers(LogLines lines) {
    return List.of();
  }

  /** What moves it; the listener is told of all it does. */
  Engine engine(List<RunListener> listeners, RunIdentity identity);

  /** The lock and the journal of that cluster. */
  OpenJournal memory(
      ClusterIdentity cluster,
      RunIdentity identity,
      Consumer<String> ofLock,
      Consumer<String> ofJournal);

  /** What was healed so far, for those who watch; empty where nobody does or it can't be read. */
  default Optional<List<PastReset>> past(OpenJournal memory) {
    return Optional.empty();
  }

  /** What tells it to stop. */
  Signals signals();

  /** What came of it. */
  default Report report(
      RunReport done, Engine engine, ClusterIdentity cluster, RebalanceGuard rebalancing) {
    return new Report(done, Optional.empty());
  }

  /** Tells programs what came of it. */
  void ended(RunLog log, Report report, ExitCode code);

  /** A run that changes the cluster: it holds the lock, writes the journal, and can be watched. */
  record Real(Connection connection, RunOptions how) implements RunKind {
    /** How long those who watch are kept waiting for what was healed so far. */
    private static final Duration HISTORY = Duration.ofSeconds(10);

    @Override
    public List<RunObserver> watchers(RunScene scene, LogLines lines) {
      return how.watchers().open(connection.environment(), scene, lines);
    }

    @Override
    public Engine engine(List<RunListener> listeners, RunIdentity identity) {
      var ours = new OwnChanges();
      List<RunListener> all = new ArrayList<>(listeners);
      all.addAll(ours.listeners());
      return Engine.real(connection, new GuardedListener(all, Real::broken), ours, identity);
    }

    @Override
    public List<RunListener> loggers(LogLines lines) {
      return List.of(new StructuredLogger(lines));
    }

    /** What a listener threw is logged, and nothing else. */
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
          ? Connection.await(
              connection
                  .timers()
                  .within(HISTORY, memory.journal().history())
                  .map(all -> ResetHistory.ofTheLastDays(all, connection.timers().now()))
                  .map(Optional::of)
                  .otherwise(Optional.empty()))
          : Optional.empty();
    }

    @Override
    public Signals signals() {
      return connection.environment().signals();
    }

    @Override
    public void ended(RunLog log, Report report, ExitCode code) {
      log.ended(report.done(), code.number());
    }
  }

  /** A run whose statements are listed instead of sent: it holds nothing, and nobody watches it. */
  final class Dry implements RunKind {
    private final Connection connection;
    private final RunOptions how;
    private final List<Statement> unsent = new CopyOnWriteArrayList<>();
    private final PlanFacts.Steps steps = new PlanFacts.Steps();

    Dry(Connection connection, RunOptions how) {
      this.connection = connection;
      this.how = how;
    }

    @Override
    public List<RunObserver> watchers(RunScene scene, LogLines lines) {
      if (how.watchers().isAsked(connection.environment())) {
        new RunLog(lines).planNotWatched();
      }
      return List.of();
    }

    @Override
    public Engine engine(List<RunListener> listeners, RunIdentity identity) {
      List<RunListener> all = new ArrayList<>(listeners);
      all.add(steps);
      return Engine.dry(connection, unsent::add, new GuardedListener(all, Real::broken), identity);
    }

    @Override
    public OpenJournal memory(
        ClusterIdentity cluster,
        RunIdentity identity,
        Consumer<String> ofLock,
        Consumer<String> ofJournal) {
      return new OpenJournal(
          Lock.NONE, new NoJournal(() -> how.journal().history(connection, cluster)));
    }

    @Override
    public Signals signals() {
      return Signals.NONE;
    }

    @Override
    public Report report(
        RunReport done, Engine engine, ClusterIdentity cluster, RebalanceGuard rebalancing) {
      // What is put back at the end is listed, too.
      Connection.await(rebalancing.end());
      boolean holds = unsent.contains(Sql.setRebalance(RebalanceHold.OFF));
      PlanFacts sight = Connection.await(engine.sight(cluster, steps, done, how.remedy(), holds));
      var plan = new DryRunPlan(done, unsent, how.policy(cluster), cluster, sight);
      return new Report(done, Optional.of(plan));
    }

    @Override
    public void ended(RunLog log, Report report, ExitCode code) {
      report.plan().ifPresent(log::planned);
    }
  }
}
