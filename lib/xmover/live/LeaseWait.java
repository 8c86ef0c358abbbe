package xmover.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import xmover.reset.RunEvent;

/**
 * A wait between two looks at the leases of a table.
 *
 * @param attempt counted from 1, of {@code attempts} until the time is up
 * @param waitingFor what it waits for, in words
 */
record LeaseWait(
    int attempt, int attempts, Instant nextLook, @JsonProperty("for") String waitingFor) {
  static LeaseWait of(RunEvent.LeasesAwaited wait, Instant now) {
    return new LeaseWait(
        wait.attempt(), wait.attempts(), now.plus(wait.delay()), wait.waitingFor());
  }
}
