package xmover.live;

import java.time.Instant;
import xmover.reset.RunEvent;

/**
 * An attempt to put replicas back that failed.
 *
 * @param attempt counted from 1
 * @param again when the next one begins
 */
record FailedRestore(int attempt, Instant again, String reason) {
  static FailedRestore of(RunEvent.Retrying retry, Instant now) {
    return new FailedRestore(retry.attempt(), now.plus(retry.delay()), retry.reason());
  }
}
