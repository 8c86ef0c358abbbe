package xmover.rebalance;

import xmover.cluster.Cluster;
import xmover.environment.Timers;
import xmover.reset.RunListener;
import xmover.reset.machine.RunIdentity;

/**
 * What a run works with, whatever it does.
 *
 * @param cluster asked again where that helps, behind the circuit breaker
 * @param unguarded the same without retries and breaker: for what must be put back
 */
public record RunAccess(
    Cluster cluster, Cluster unguarded, Timers timers, RunListener listener, RunIdentity run) {}
