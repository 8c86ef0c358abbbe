package xmover.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import xmover.detect.ClusterIdentity;
import xmover.environment.Signals;
import xmover.journal.OpenJournal;
import xmover.log.LogLines;
import xmover.log.RunLog;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.rebalance.RebalanceGuard;
import xmover.reset.PastReset;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.machine.RunIdentity;

/** What a run that changes the cluster and one that only tells do not have in common. */
sealed interface RunKind permits RealRun, DryRun {
  /** Those who watch it; one that can't do what was asked for fails. */
  List<RunObserver> watchers(RunScene scene, LogLines lines);

  /** What is logged of it as it goes on. */
  List<RunListener> loggers(LogLines lines);

  /** What moves it; the listener is told of all it does. */
  Engine engine(List<RunListener> listeners, RunIdentity identity);

  /** The lock and the journal of that cluster. */
  OpenJournal memory(
      ClusterIdentity cluster,
      RunIdentity identity,
      Consumer<String> ofLock,
      Consumer<String> ofJournal);

  /** What was healed so far, for those who watch; empty where nobody does or it can't be read. */
  Optional<List<PastReset>> past(OpenJournal memory);

  /** What tells it to stop. */
  Signals signals();

  /** What came of it. */
  Report report(RunReport done, Engine engine, ClusterIdentity cluster, RebalanceGuard rebalancing);

  /** Tells programs what came of it. */
  void ended(RunLog log, Report report, ExitCode code);
}
