package xmover.cli;

import java.time.Duration;
import java.util.Optional;
import xmover.safety.ExposureLimits;
import xmover.safety.RemedyChoice;
import xmover.table.Bytes;

/**
 * What a run heeds besides its own limits.
 *
 * @param recovery how long the replicas of a table are waited for; empty for not at all
 * @param flushed how long after a flush a table is looked at; empty for not at all
 * @param healed a replica is healed when its uncommitted translog is no larger
 */
record Precautions(
    ExposureLimits exposure,
    RemedyChoice remedy,
    Optional<Duration> recovery,
    Optional<Duration> flushed,
    Bytes healed) {
  /** A flush is over when it is answered; only what the copies report may lag behind. */
  private static final Duration AFTER_FLUSH = Duration.ofMinutes(1);

  Precautions(
      ExposureLimits exposure, RemedyChoice remedy, Optional<Duration> recovery, Bytes healed) {
    this(exposure, remedy, recovery, Optional.of(AFTER_FLUSH), healed);
  }

  /** The same for a run that writes nothing, so that nothing recovers. */
  Precautions told() {
    return new Precautions(exposure, remedy, Optional.empty(), Optional.empty(), healed);
  }
}
