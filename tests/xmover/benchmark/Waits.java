package xmover.benchmark;

import cratesim.LeaseMoments;
import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.environment.SteppedTimers;
import xmover.reset.Journal;
import xmover.reset.RunListener;
import xmover.reset.Safeguards;
import xmover.reset.engine.ResetContext;
import xmover.reset.engine.TableResetProcessor;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/**
 * How long a thousand tables are at zero replicas when their shards tick at different moments. Time
 * is simulated and the seeds are fixed, so the figures are the same wherever it runs.
 */
public final class Waits {
  static final RunIdentity RUN = new RunIdentity("benchmark", "nobody", "nowhere", Instant.EPOCH);

  private static final int CLUSTERS = 40;
  private static final int TABLES = 25;
  private static final Duration MAX_WAIT = Duration.ofSeconds(720);

  /** About what a statement of a reset took on a real cluster of three nodes. */
  private static final Duration ANSWER = Duration.ofMillis(100);

  private final ResetPolicy policy;
  private final List<Double> zero = new ArrayList<>();
  private final List<Double> late = new ArrayList<>();
  private final List<Double> looks = new ArrayList<>();
  private final List<Double> statements = new ArrayList<>();

  private Waits(ResetPolicy policy) {
    this.policy = policy;
  }

  /** Resets tables of so many shards, whose leases are synced at such an interval. */
  public static Waits measure(Backoff backoff, boolean leaseSync, Duration interval, int shards) {
    var waits = new Waits(new ResetPolicy(MAX_WAIT, Optional.empty(), backoff, leaseSync));
    for (int seed = 1; seed <= CLUSTERS; seed++) {
      waits.reset(new GeneratedScenario(seed, TABLES, shards, interval.toSeconds()).load());
    }
    return waits;
  }

  /** Seconds at zero replicas. */
  public Samples zero() {
    return Samples.of(zero);
  }

  /** Seconds at zero replicas after the leases had cleared. */
  public Samples late() {
    return Samples.of(late);
  }

  /** Looks at the leases of one table. */
  public Samples looks() {
    return Samples.of(looks);
  }

  /** Statements of any kind for one table. */
  public Samples statements() {
    return Samples.of(statements);
  }

  private void reset(Scenario scenario) {
    var time = new SteppedTimers();
    var moments = LeaseMoments.of(scenario);
    var cluster = new DirectCluster(new SimulatedCluster(scenario, time), time, ANSWER);
    Future<ClusterIdentity> asked = new Detection(cluster).identity();
    time.run();
    ClusterIdentity self = asked.result();
    for (int i = 1; i <= TABLES; i++) {
      var watched = new WatchedCluster(cluster, time);
      var context =
          new ResetContext(
              watched,
              watched,
              policy,
              time,
              RunListener.NONE,
              RUN,
              Journal.NONE,
              Safeguards.NONE,
              self);
      new TableResetProcessor(
              TableRef.of("doc", "t%05d".formatted(i)),
              context,
              () -> Future.succeededFuture(Optional.empty()))
          .run()
          .onSuccess(job -> ended(job, watched, moments));
    }
    time.run();
  }

  private void ended(ResetJob job, WatchedCluster watched, LeaseMoments moments) {
    if (job.state() != ResetState.COMPLETED) {
      throw new IllegalStateException(job.table() + ": " + job.cause());
    }
    Instant cleared = moments.cleared(job.table().fullName(), watched.dropped());
    zero.add(seconds(watched.dropped(), watched.restored()));
    late.add(Math.max(0, seconds(cleared, watched.restored())));
    looks.add((double) watched.looks());
    statements.add((double) watched.statements());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
