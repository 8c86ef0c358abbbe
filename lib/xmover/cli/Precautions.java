package xmover.cli;

import java.time.Duration;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.environment.Timers;
import xmover.reset.Gate;
import xmover.reset.RecoveryCheck;
import xmover.reset.ResetListener;
import xmover.reset.Safeguards;
import xmover.safety.CureCheck;
import xmover.safety.ExposureBudget;
import xmover.safety.ExposureLimits;
import xmover.safety.GentlerRemedies;
import xmover.safety.RemedyChoice;
import xmover.table.Bytes;

/**
 * What a run heeds besides its own limits.
 *
 * @param recovery how long the replicas of a table are waited for; empty for not at all
 * @param flushed how long after a flush a table is looked at; empty for not at all
 * @param healed a replica is healed when its uncommitted translog is no larger
 * @param gates which of them a table that begins anew has to pass
 */
record Precautions(
    ExposureLimits exposure,
    RemedyChoice remedy,
    Optional<Duration> recovery,
    Optional<Duration> flushed,
    Bytes healed,
    GateChoice gates) {
  /** A flush is over when it is answered; only what the copies report may lag behind. */
  private static final Duration AFTER_FLUSH = Duration.ofMinutes(1);

  Precautions(
      ExposureLimits exposure,
      RemedyChoice remedy,
      Optional<Duration> recovery,
      Bytes healed,
      GateChoice gates) {
    this(exposure, remedy, recovery, Optional.of(AFTER_FLUSH), healed, gates);
  }

  /** What watches over the resets of a run. */
  Safeguards safeguards(Gate gate, Cluster cluster, Timers timers, ResetListener listener) {
    RecoveryCheck proof = proof(recovery, cluster, timers, listener);
    return new Safeguards(
        gate,
        new ExposureBudget(exposure),
        new GentlerRemedies(
            remedy, cluster, listener, proof(flushed, cluster, timers, listener), proof, healed),
        proof);
  }

  private RecoveryCheck proof(
      Optional<Duration> longest, Cluster cluster, Timers timers, ResetListener listener) {
    return longest
        .<RecoveryCheck>map(time -> new CureCheck(cluster, timers, listener, healed, time))
        .orElse(RecoveryCheck.NONE);
  }

  /** The same for a run that writes nothing, so that nothing recovers. */
  Precautions told() {
    return new Precautions(
        exposure, remedy, Optional.empty(), Optional.empty(), healed, gates.told());
  }
}
