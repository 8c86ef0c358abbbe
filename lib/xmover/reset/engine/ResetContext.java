package xmover.reset.engine;

import xmover.cluster.Cluster;
import xmover.detect.ClusterIdentity;
import xmover.environment.Timers;
import xmover.reset.Journal;
import xmover.reset.RunListener;
import xmover.reset.Safeguards;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;

/**
 * What the resets of a run share.
 *
 * @param cluster asked again where that helps, behind the circuit breaker
 * @param unguarded the same without retries and breaker: what restores and ALTERs go through
 * @param self which cluster that is
 */
public record ResetContext(
    Cluster cluster,
    Cluster unguarded,
    ResetPolicy policy,
    Timers timers,
    RunListener listener,
    RunIdentity run,
    Journal journal,
    Safeguards safeguards,
    ClusterIdentity self) {
  /** The same under other safeguards. */
  public ResetContext under(Safeguards others) {
    return new ResetContext(
        cluster, unguarded, policy, timers, listener, run, journal, others, self);
  }
}
