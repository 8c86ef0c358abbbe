package xmover.reset;

import xmover.cluster.Cluster;
import xmover.detect.ClusterIdentity;
import xmover.environment.Timers;

/**
 * What the resets of a run share.
 *
 * @param cluster asked again where that helps, behind the circuit breaker
 * @param unguarded the same without retries and breaker: what restores and ALTERs go through
 * @param self which cluster that is
 */
public record Surroundings(
    Cluster cluster,
    Cluster unguarded,
    ResetPolicy policy,
    Timers timers,
    ResetListener listener,
    RunIdentity run,
    Journal journal,
    Safeguards safeguards,
    ClusterIdentity self) {
  /** The same under other safeguards. */
  public Surroundings under(Safeguards others) {
    return new Surroundings(
        cluster, unguarded, policy, timers, listener, run, journal, others, self);
  }
}
