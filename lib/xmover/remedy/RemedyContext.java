package xmover.remedy;

import java.time.Duration;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.environment.Timers;
import xmover.reset.Recovery;
import xmover.reset.RunListener;

/**
 * What remedies work with, the same for all tables of a run.
 *
 * @param listener is told which remedy is applied
 * @param longest how long one copy is waited for; empty where nothing is sent
 * @param proof looks whether a table is healed
 */
record RemedyContext(
    Cluster cluster,
    Timers timers,
    RunListener listener,
    MoveTargets targets,
    RecoverySlots slots,
    Optional<Duration> longest,
    Recovery proof) {}
