package xmover.reset.machine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things happened to a table in its reset.
 *
 * @param started when the reset began
 * @param since when the current state was entered
 * @param zeroSince when the table was first at risk; null before that
 * @param deadline when the wait for the leases ends; null before it began
 * @param waited how long the leases were waited for; zero before the wait ended
 */
public record ResetTimes(
    Instant started,
    Instant since,
    @Nullable Instant zeroSince,
    @Nullable Instant deadline,
    Duration waited) {
  static ResetTimes startingAt(Instant now) {
    return new ResetTimes(now, now, null, null, Duration.ZERO);
  }

  /** How long the table was at risk when its reset ended; zero when it never was. */
  public Duration atRisk() {
    return zeroSince == null ? Duration.ZERO : Duration.between(zeroSince, since);
  }

  /** The whole reset, up to the current state. */
  public Duration total() {
    return Duration.between(started, since);
  }

  ResetTimes entering(ResetState from, ResetState to, Instant now) {
    return new ResetTimes(
        started,
        now,
        zeroSince == null && to.isAtRisk() ? now : zeroSince,
        deadline,
        from == ResetState.MONITORING_LEASES ? Duration.between(since, now) : waited);
  }

  ResetTimes until(Instant end) {
    return new ResetTimes(started, since, zeroSince, end, waited);
  }
}
