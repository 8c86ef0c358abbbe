package xmover.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.SameTableCluster;
import xmover.detect.Analysis;
import xmover.environment.Timers;
import xmover.gates.ExposureBudget;
import xmover.recovery.ReplicaRecovery;
import xmover.remedy.GentlerRemedies;
import xmover.remedy.MoveTargets;
import xmover.reset.Gate;
import xmover.reset.GentlerRemedy;
import xmover.reset.Recovery;
import xmover.reset.RunListener;
import xmover.reset.Safeguards;
import xmover.table.Bytes;
import xmover.table.Finding;

/**
 * What watches over the tables of a run besides its own limits.
 *
 * @param healed a replica is healed when its uncommitted translog is no larger
 */
record Precautions(RunOptions how, Bytes healed) {
  /** A flush is over when it is answered; only what the copies report may lag behind. */
  private static final Duration AFTER_FLUSH = Duration.ofMinutes(1);

  private static final Duration ONE_COPY = Duration.ofMinutes(30);

  /** The tables that a run with this remedy takes on. */
  List<Finding> takenOn(Analysis analysis) {
    return how.remedy().mends() ? analysis.forRunThatMends() : analysis.forRun();
  }

  /** Those of them that it changes unless a gate refuses: what forbids a reset may allow a move. */
  List<Finding> changed(Analysis analysis) {
    return how.remedy().mends() ? takenOn(analysis) : analysis.toHeal();
  }

  /** What watches over the resets of a run. */
  Safeguards safeguards(
      Gate gate, MoveTargets targets, Cluster any, Timers timers, RunListener listener) {
    Cluster cluster = new SameTableCluster(any);
    Recovery flushed =
        proof(how.isDry() ? Optional.empty() : Optional.of(AFTER_FLUSH), cluster, timers, listener);
    // The next copy is not touched before this one is there, whoever waits for the table.
    Optional<Duration> oneCopy =
        how.isDry() ? Optional.empty() : how.recovery().or(() -> Optional.of(ONE_COPY));
    var gentler =
        new GentlerRemedies(
            how.remedy(), cluster, timers, listener, targets, oneCopy, flushed, healed);
    return safeguards(gate, gentler, cluster, timers, listener);
  }

  /** The same for what other processes began: it goes on past every gate. */
  Safeguards forUnfinished(Cluster cluster, Timers timers, RunListener listener) {
    return safeguards(
        Gate.OPEN, GentlerRemedy.NONE, new SameTableCluster(cluster), timers, listener);
  }

  private Safeguards safeguards(
      Gate gate, GentlerRemedy gentler, Cluster cluster, Timers timers, RunListener listener) {
    return new Safeguards(
        gate,
        new ExposureBudget(how.exposure()),
        gentler,
        proof(how.recovery(), cluster, timers, listener));
  }

  private Recovery proof(
      Optional<Duration> longest, Cluster cluster, Timers timers, RunListener listener) {
    return longest
        .<Recovery>map(time -> new ReplicaRecovery(cluster, timers, listener, healed, time))
        .orElse(Recovery.NONE);
  }
}
