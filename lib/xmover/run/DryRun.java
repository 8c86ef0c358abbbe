package xmover.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.detect.ClusterIdentity;
import xmover.environment.Signals;
import xmover.journal.Lock;
import xmover.journal.OpenJournal;
import xmover.log.LogLines;
import xmover.log.RunLog;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.print.DryRunPlan;
import xmover.print.PlanFacts;
import xmover.rebalance.RebalanceGuard;
import xmover.reset.GuardedListener;
import xmover.reset.NoJournal;
import xmover.reset.PastReset;
import xmover.reset.RebalanceHold;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.machine.RunIdentity;

/** A run whose statements are told instead of sent: it holds nothing, and nobody watches it. */
final class DryRun implements RunKind {
  private final Connection connection;
  private final RunOptions how;
  private final List<Statement> told = new CopyOnWriteArrayList<>();
  private final PlanFacts.Steps steps = new PlanFacts.Steps();

  DryRun(Connection connection, RunOptions how) {
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

  /** The plan tells it all. */
  @Override
  public List<RunListener> loggers(LogLines lines) {
    return List.of();
  }

  @Override
  public Engine engine(List<RunListener> listeners, RunIdentity identity) {
    List<RunListener> all = new ArrayList<>(listeners);
    all.add(steps);
    return Engine.dry(connection, told::add, new GuardedListener(all, RealRun::broken), identity);
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
  public Optional<List<PastReset>> past(OpenJournal memory) {
    return Optional.empty();
  }

  @Override
  public Signals signals() {
    return Signals.NONE;
  }

  @Override
  public Report report(
      RunReport done, Engine engine, ClusterIdentity cluster, RebalanceGuard rebalancing) {
    // What is put back at the end is told, too.
    Connection.await(rebalancing.end());
    boolean holds = told.contains(Sql.setRebalance(RebalanceHold.OFF));
    PlanFacts sight = Connection.await(engine.sight(cluster, steps, done, how.remedy(), holds));
    var plan = new DryRunPlan(done, told, how.policy(cluster), cluster, sight);
    return new Report(done, Optional.of(plan));
  }

  @Override
  public void ended(RunLog log, Report report, ExitCode code) {
    report.plan().ifPresent(log::planned);
  }
}
