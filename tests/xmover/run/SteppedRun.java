package xmover.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.RetryPolicy;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.wire.Clusters;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.SteppedTimers;
import xmover.environment.Timers;
import xmover.gates.view.OwnChanges;
import xmover.print.RunSummary;
import xmover.print.Terminal;
import xmover.rebalance.RebalanceGuard;
import xmover.rebalance.RunAccess;
import xmover.reset.GuardedListener;
import xmover.reset.HoldNews;
import xmover.reset.Journal;
import xmover.reset.Remedy;
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
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * What a command does from its first look to its exit code, with all gates and remedies, on one
 * thread and in stepped time; without options, lock, log and circuit breaker.
 */
public final class SteppedRun {
  private static final RunLimits ALL = RunLimits.concurrent(Integer.MAX_VALUE);
  private static final ResetPolicy NO_WAIT =
      new ResetPolicy(Duration.ofSeconds(1), Optional.empty(), Backoff.Ladder.HANDBOOK, false);

  private final SteppedTimers steps;
  private final Timers timers;
  private final Journal journal;
  private final RunOptions how;
  private final Cluster plain;
  private final Cluster unguarded;
  private final Cluster guarded;
  private final OwnChanges ours = new OwnChanges();
  private final RunListener listener;
  private final RunIdentity identity;
  private final RebalanceGuard rebalancing;
  private Instant looked = Instant.MIN;

  /**
   * @param timeOfDay of the machine that it runs on
   */
  public SteppedRun(
      Clusters.Pools pools,
      SteppedTimers steps,
      InstantSource timeOfDay,
      Journal journal,
      RunOptions how) {
    this.steps = steps;
    this.timers = steps.startedOn(timeOfDay);
    this.journal = journal;
    this.how = how;
    this.listener = new GuardedListener(ours.listeners(), AssertionError::new);
    this.identity = new RunIdentity("run", "ops", "laptop", timers.now());
    this.plain = new AuditedCluster(pools.cluster(), timers, listener);
    this.unguarded = new AuditedCluster(pools.urgent(), timers, listener);
    this.guarded = new AskedAgain(plain, timers);
    this.rebalancing =
        new RebalanceGuard(new RunAccess(guarded, unguarded, timers, listener, identity), journal);
  }

  /** How it ended, and what it said last. */
  public record Ended(int exitCode, String words) {}

  /** {@code heal}, of as many tables as the options allow. */
  public Ended heal() {
    return heal(List.of());
  }

  /** {@code reset TABLES}, or {@code heal --table TABLES}, by the remedy. */
  public Ended heal(List<TableRef> tables) {
    return ended(
        self ->
            resumed(self)
                .compose(
                    before ->
                        before.critical().isEmpty()
                            ? healed(tables).map(before::and)
                            : Future.succeededFuture(before)));
  }

  /** {@code resume}. */
  public Ended resume() {
    return ended(this::resumed);
  }

  /** {@code restore}, of all that is unfinished. */
  public Ended restore() {
    return ended(
        self ->
            unfinished(self)
                .map(Unfinished::restoring)
                .compose(
                    left ->
                        rebalancing
                            .inherit()
                            .compose(
                                held ->
                                    run(
                                        context(self, NO_WAIT, Safeguards.NONE),
                                        ALL,
                                        left.begun(),
                                        left.findings()))));
  }

  private Ended ended(Function<ClusterIdentity, Future<RunReport>> command) {
    Promise<Ended> ended = Promise.promise();
    detection()
        .identity()
        .compose(command)
        .transform(
            report ->
                rebalancing
                    .end()
                    .map(news -> news.filter(HoldNews::isLeftOff).isPresent())
                    .otherwise(true)
                    .compose(
                        off ->
                            report.succeeded()
                                ? ended(report.result(), off)
                                : failed(report.cause())))
        .onComplete(ended);
    return steps.run(ended.future());
  }

  private static Future<Ended> ended(RunReport report, boolean leftOff) {
    return Future.succeededFuture(
        new Ended(
            ExitCode.of(report, leftOff).number(), new RunSummary(report, Terminal.NONE).render()));
  }

  /** As a command does that fails, it tells what is open. */
  private Future<Ended> failed(Throwable failure) {
    return journal
        .unfinished()
        .map(
            open ->
                open.isEmpty()
                    ? new Ended(1, ClusterFailure.sentence(failure))
                    : new Ended(4, String.valueOf(OpenEntries.after(failure, open).getMessage())));
  }

  private Detection detection() {
    looked = timers.now();
    return new Detection(guarded, timers);
  }

  private Future<Unfinished> unfinished(ClusterIdentity self) {
    return journal
        .unfinished()
        .map(all -> all.stream().filter(entry -> !entry.isOfAnother(self.id())).toList())
        .compose(ours -> Unfinished.of(ours, detection()));
  }

  private Future<RunReport> resumed(ClusterIdentity self) {
    var precautions = new Precautions(how, Thresholds.DEFAULT.size());
    return rebalancing
        .inherit()
        .compose(held -> unfinished(self))
        .compose(
            left ->
                run(
                    context(
                        self,
                        how.policy(self),
                        precautions.forUnfinished(guarded, timers, listener)),
                    ALL,
                    left.begun(),
                    left.findings()));
  }

  private Future<RunReport> healed(List<TableRef> tables) {
    List<String> names = tables.stream().map(TableRef::fullName).toList();
    var filter = new TableFilter(List.of(), names, List.of());
    return detection().analyse(Thresholds.DEFAULT, filter).compose(this::healed);
  }

  private Future<RunReport> healed(Analysis analysis) {
    var precautions = new Precautions(how, analysis.thresholds().size());
    List<Finding> tables = precautions.takenOn(analysis);
    ClusterIdentity self = analysis.cluster();
    var guards = new Guards(guarded, plain, timers, self, looked, ours, listener, red -> {});
    guards.start();
    boolean holds = how.remedy().allows(Remedy.MOVE);
    return (holds ? rebalancing.begin().otherwiseEmpty() : Future.<Void>succeededFuture())
        .compose(
            held ->
                run(
                    context(
                        self,
                        how.policy(self),
                        precautions.safeguards(
                            guards.gate(how, journal),
                            guards.targets(),
                            guarded,
                            timers,
                            listener)),
                    how.limits(),
                    Map.of(),
                    tables))
        .onComplete(over -> guards.stop());
  }

  private ResetContext context(ClusterIdentity self, ResetPolicy policy, Safeguards guards) {
    return new ResetContext(
        guarded, unguarded, policy, timers, listener, identity, journal, guards, self);
  }

  private static Future<RunReport> run(
      ResetContext around, RunLimits limits, Map<TableRef, JournalEntry> begun, List<Finding> all) {
    return new AutoExecOrchestrator(around, limits, () -> false, begun).run(all);
  }

  /** Reads, and what never left, are asked again as behind the circuit breaker. */
  private record AskedAgain(Cluster cluster, Timers timers) implements Cluster {
    @Override
    public Future<List<Row>> execute(Statement statement) {
      return attempt(statement, 1);
    }

    private Future<List<Row>> attempt(Statement statement, int attempt) {
      return cluster
          .execute(statement)
          .recover(
              failure ->
                  mayPass(statement, failure) && attempt < RetryPolicy.STATEMENT.attempts()
                      ? timers
                          .after(RetryPolicy.STATEMENT.delay(attempt, () -> 0.5))
                          .compose(waited -> attempt(statement, attempt + 1))
                      : Future.failedFuture(failure));
    }

    private static boolean mayPass(Statement statement, Throwable failure) {
      return failure instanceof ClusterFailure known
          && ((known.kind().isConnection() && known.kind() != ClusterFailure.Kind.CONNECTION_LOST)
              || (statement.kind() == Statement.Kind.READ && known.kind().leavesOutcomeOpen()));
    }

    @Override
    public Future<Void> close() {
      return cluster.close();
    }
  }
}
