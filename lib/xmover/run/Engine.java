package xmover.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import xmover.cluster.Cluster;
import xmover.cluster.DryRunCluster;
import xmover.cluster.GuardedCluster;
import xmover.cluster.KeptConnection;
import xmover.cluster.Statement;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.detect.Thresholds;
import xmover.environment.Timers;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.OwnChanges;
import xmover.gates.view.TableReader;
import xmover.print.PlanFacts;
import xmover.rebalance.RebalanceGuard;
import xmover.rebalance.RunAccess;
import xmover.remedy.MoveTargets;
import xmover.remedy.RemedyPolicy;
import xmover.reset.HoldJournal;
import xmover.reset.Journal;
import xmover.reset.RunEvent;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.engine.AuditedCluster;
import xmover.reset.engine.AutoExecOrchestrator;
import xmover.reset.engine.ResetContext;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;
import xmover.table.TableRef;

/** What moves a run: one loop, reads behind a circuit breaker, writes that are sent or told. */
final class Engine {
  private final Timers timers;
  private final Cluster plain;
  private final Cluster unguarded;
  private final GuardedCluster guarded;
  private final KeptConnection wayHome;
  private final RunListener listener;
  private final RunIdentity identity;
  private final OwnChanges ours;

  /** What is at zero already waits for nobody. */
  private static final RunLimits ALL_AT_ONCE = RunLimits.concurrent(Integer.MAX_VALUE);

  private static final ResetPolicy NO_WAIT =
      new ResetPolicy(Duration.ofSeconds(1), Optional.empty(), Backoff.Ladder.HANDBOOK, false);

  /** All of a run happens on this loop, what follows too. */
  private final Context loop;

  private Optional<AutoExecOrchestrator> current = Optional.empty();
  private Optional<String> stopped = Optional.empty();
  private boolean paused;
  private Instant looked;

  private Engine(
      Connection connection,
      Cluster cluster,
      Cluster unguarded,
      RunListener listener,
      OwnChanges ours,
      RunIdentity identity) {
    this.ours = ours;
    this.identity = identity;
    this.loop = connection.vertx().getOrCreateContext();
    this.timers = connection.timers();
    this.looked = timers.now();
    this.plain = cluster;
    this.unguarded = unguarded;
    this.listener = listener;
    this.wayHome = new KeptConnection(unguarded, timers);
    this.guarded =
        new GuardedCluster(
            cluster,
            connection.vertx(),
            timers,
            () -> ThreadLocalRandom.current().nextDouble(),
            state -> listener.on(new RunEvent.Breaker(state)),
            statement -> listener.on(new RunEvent.SendingAgain(statement)));
  }

  /** One that changes the cluster; the listener is told of all it does. */
  static Engine real(
      Connection connection, RunListener listener, OwnChanges ours, RunIdentity identity) {
    Timers timers = connection.timers();
    return new Engine(
        connection,
        new AuditedCluster(connection.cluster(), timers, listener),
        new AuditedCluster(connection.urgent(), timers, listener),
        listener,
        ours,
        identity);
  }

  /** One whose writes are told instead of sent. */
  static Engine dry(
      Connection connection,
      Consumer<Statement> unsent,
      RunListener listener,
      RunIdentity identity) {
    var dry = new DryRunCluster(connection.cluster(), unsent);
    return new Engine(connection, dry, dry, listener, new OwnChanges(), identity);
  }

  Detection detection() {
    looked = timers.now();
    return new Detection(guarded, timers);
  }

  /**
   * Heals what was just detected, each table behind its gates.
   *
   * @param red is told when the cluster turns RED
   */
  Future<RunReport> heal(Analysis analysis, RunOptions how, Journal journal, Consumer<String> red) {
    var precautions = new Precautions(how, analysis.thresholds().size());
    List<Finding> tables = precautions.takenOn(analysis);
    var guards =
        new Guards(guarded, plain, timers, analysis.cluster(), looked, ours, listener, red);
    if (!tables.isEmpty()) {
      loop.runOnContext(now -> guards.start());
    }
    Safeguards safeguards =
        precautions.safeguards(
            guards.gate(how, journal), guards.targets(), guarded, timers, listener);
    return reset(
            analysis.cluster(),
            tables,
            how.policy(analysis.cluster()),
            how.limits(),
            journal,
            Map.of(),
            safeguards)
        .onComplete(ended -> guards.stop());
  }

  /** Goes on with what other processes began, all at once, and asks no gate. */
  Future<RunReport> resume(
      ClusterIdentity self, Unfinished unfinished, RunOptions how, Journal journal) {
    var precautions = new Precautions(how, Thresholds.DEFAULT.size());
    return reset(
        self,
        unfinished.findings(),
        how.policy(self),
        ALL_AT_ONCE,
        journal,
        unfinished.begun(),
        precautions.forUnfinished(guarded, timers, listener));
  }

  /** Puts back what other processes began, all at once, and waits for nothing. */
  Future<RunReport> restore(ClusterIdentity self, Unfinished unfinished, Journal journal) {
    return reset(
        self,
        unfinished.findings(),
        NO_WAIT,
        ALL_AT_ONCE,
        journal,
        unfinished.begun(),
        Safeguards.NONE);
  }

  /**
   * Resets these tables, given worst first.
   *
   * @param self which cluster it is
   * @param begun what other processes began; these tables go on, the others begin anew
   */
  Future<RunReport> reset(
      ClusterIdentity self,
      List<Finding> tables,
      ResetPolicy policy,
      RunLimits limits,
      Journal journal,
      Map<TableRef, JournalEntry> begun,
      Safeguards safeguards) {
    var context =
        new ResetContext(
            guarded, unguarded, policy, timers, listener, identity, journal, safeguards, self);
    var orchestrator =
        new AutoExecOrchestrator(
            context, limits, () -> guarded.isOpen() || wayHome.isLost(), begun);
    Promise<RunReport> ended = Promise.promise();
    loop.runOnContext(
        now -> {
          current = Optional.of(orchestrator);
          if (paused) {
            orchestrator.pause();
          }
          stopped.ifPresent(orchestrator::stop);
          wayHome.during(() -> orchestrator.run(tables)).onComplete(ended);
        });
    return ended.future();
  }

  /** What a plan says besides the statements; what can't be read is told as unknown. */
  Future<PlanFacts> sight(
      ClusterIdentity self,
      PlanFacts.Steps steps,
      RunReport report,
      RemedyPolicy remedy,
      boolean holds) {
    var nodes = new ClusterReader(guarded, timers, self.versions());
    var targets = new MoveTargets(nodes, new TableReader(guarded, timers, looked, ours.sent()));
    return new PlanReader(guarded, timers, nodes, targets).look(steps, report, remedy, holds);
  }

  /** The cluster's rebalancing, held or not. */
  RebalanceGuard rebalancing(HoldJournal journal) {
    return new RebalanceGuard(
        new RunAccess(guarded, unguarded, timers, listener, identity), journal);
  }

  /** Starts no new table and puts those at risk back at once. */
  void stop(String reason) {
    loop.runOnContext(
        now -> {
          stopped = Optional.of(reason);
          paused = false;
          listener.on(new RunEvent.Stopping(reason));
          current.ifPresent(orchestrator -> orchestrator.stop(reason));
        });
  }

  /** Starts no new table until {@link #proceed}; those under way go on. */
  void pause() {
    loop.runOnContext(
        now -> {
          if (!paused && stopped.isEmpty()) {
            paused = true;
            listener.on(new RunEvent.Paused());
            current.ifPresent(AutoExecOrchestrator::pause);
          }
        });
  }

  /** Ends a pause. */
  void proceed() {
    loop.runOnContext(
        now -> {
          if (paused) {
            paused = false;
            listener.on(new RunEvent.Proceeding());
            current.ifPresent(AutoExecOrchestrator::proceed);
          }
        });
  }

  /** Happens where all of a run happens: on its loop. */
  Future<Void> onLoop(Supplier<Future<Void>> what) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(
        now -> Future.succeededFuture().compose(ready -> what.get()).onComplete(done));
    return done.future();
  }

  /** The tables that may be without replicas at this moment. */
  Future<List<ResetJob>> atRisk() {
    Promise<List<ResetJob>> answer = Promise.promise();
    loop.runOnContext(
        now -> answer.complete(current.map(AutoExecOrchestrator::atRisk).orElse(List.of())));
    return answer.future();
  }
}
