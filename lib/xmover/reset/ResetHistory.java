package xmover.reset;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Remembers resets and gentler remedies that ended, longer than the run that made them, so that a
 * table is not healed again and again without help. No restore needs it.
 */
public interface ResetHistory {
  /** How long a reset is remembered. */
  Duration KEPT = Duration.ofDays(30);

  /** How many resets are remembered at most; the oldest are forgotten first. */
  int MOST = 10_000;

  /** Remembers a reset, instead of what was remembered of the same run and table. */
  Future<Void> remember(PastReset reset);

  /**
   * Those of the last {@link #KEPT}. Where nothing ended since, more is remembered: what is old is
   * forgotten when something new ends.
   */
  static List<PastReset> ofTheLastDays(List<PastReset> all, Instant now) {
    return all.stream().filter(reset -> reset.at().plus(KEPT).isAfter(now)).toList();
  }

  /** The resets of the {@link #KEPT} before the newest, oldest first. */
  Future<List<PastReset>> history();
}
