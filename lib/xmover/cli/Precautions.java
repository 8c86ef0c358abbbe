package xmover.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.detect.Analysis;
import xmover.environment.Timers;
import xmover.remedy.GentlerRemedies;
import xmover.remedy.RemedyPolicy;
import xmover.reset.Gate;
import xmover.reset.GentlerRemedy;
import xmover.reset.RecoveryCheck;
import xmover.reset.ResetListener;
import xmover.reset.Safeguards;
import xmover.safety.CureCheck;
import xmover.safety.ExposureBudget;
import xmover.safety.ExposureLimits;
import xmover.safety.MoveTargets;
import xmover.table.Bytes;
import xmover.table.Finding;

/**
 * What a run heeds besides its own limits.
 *
 * @param recovery how long the replicas of a table are waited for; empty for not at all
 * @param healed a replica is healed when its uncommitted translog is no larger
 * @param gates which of them a table that begins anew has to pass
 * @param sends false for a run that only tells what it would send, so that nothing recovers
 */
record Precautions(
    ExposureLimits exposure,
    RemedyPolicy remedy,
    Optional<Duration> recovery,
    Bytes healed,
    GateChoice gates,
    boolean sends) {
  /** A flush is over when it is answered; only what the copies report may lag behind. */
  private static final Duration AFTER_FLUSH = Duration.ofMinutes(1);

  Precautions(
      ExposureLimits exposure,
      RemedyPolicy remedy,
      Optional<Duration> recovery,
      Bytes healed,
      GateChoice gates) {
    this(exposure, remedy, recovery, healed, gates, true);
  }

  /** The tables that a run with this remedy takes on. */
  List<Finding> takenOn(Analysis analysis) {
    return remedy.mends() ? analysis.forRunThatMends() : analysis.forRun();
  }

  /** Those of them that it changes unless a gate refuses: what forbids a reset may allow a move. */
  List<Finding> changed(Analysis analysis) {
    return remedy.mends() ? takenOn(analysis) : analysis.toHeal();
  }

  /** What watches over the resets of a run. */
  Safeguards safeguards(
      Gate gate, MoveTargets targets, Cluster cluster, Timers timers, ResetListener listener) {
    RecoveryCheck flushed =
        proof(sends ? Optional.of(AFTER_FLUSH) : Optional.empty(), cluster, timers, listener);
    // The next copy is not touched before this one is there, whoever waits for the table.
    Optional<Duration> oneCopy =
        sends ? recovery.or(() -> Optional.of(RecoveryArguments.LONGEST)) : Optional.empty();
    var gentler =
        new GentlerRemedies(remedy, cluster, timers, listener, targets, oneCopy, flushed, healed);
    return safeguards(gate, gentler, cluster, timers, listener);
  }

  /** The same for what other processes began: it goes on past every gate. */
  Safeguards forUnfinished(Cluster cluster, Timers timers, ResetListener listener) {
    return safeguards(Gate.OPEN, GentlerRemedy.NONE, cluster, timers, listener);
  }

  private Safeguards safeguards(
      Gate gate, GentlerRemedy gentler, Cluster cluster, Timers timers, ResetListener listener) {
    return new Safeguards(
        gate,
        new ExposureBudget(exposure),
        gentler,
        proof(sends ? recovery : Optional.empty(), cluster, timers, listener));
  }

  private RecoveryCheck proof(
      Optional<Duration> longest, Cluster cluster, Timers timers, ResetListener listener) {
    return longest
        .<RecoveryCheck>map(time -> new CureCheck(cluster, timers, listener, healed, time))
        .orElse(RecoveryCheck.NONE);
  }

  /** The same for a run that writes nothing. */
  Precautions told() {
    return new Precautions(exposure, remedy, recovery, healed, gates.told(), false);
  }
}
