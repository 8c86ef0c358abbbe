package xmover.cli;

import java.time.Duration;
import java.util.Optional;
import xmover.safety.ExposureLimits;
import xmover.table.Bytes;

/**
 * What a run heeds besides its own limits.
 *
 * @param recovery how long the replicas of a table are waited for; empty for not at all
 * @param healed a replica is healed when its uncommitted translog is no larger
 */
record Precautions(ExposureLimits exposure, Optional<Duration> recovery, Bytes healed) {
  /** The same for a run that writes nothing, so that nothing recovers. */
  Precautions told() {
    return new Precautions(exposure, Optional.empty(), healed);
  }
}
