package xmover.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import xmover.table.LeaseReading;

/**
 * How far the leases of a table are: from as many as its copies had down to one for each primary.
 *
 * @param most the most that were seen since its replicas were dropped
 * @param now how many the last look saw
 * @param expected how many there are once they are cleared
 */
record LeaseCount(long most, long now, long expected) {
  /** What a look saw, after what earlier ones did. */
  static LeaseCount after(Optional<LeaseCount> earlier, LeaseReading reading) {
    long most = earlier.map(LeaseCount::most).orElse(0L);
    return new LeaseCount(Math.max(most, reading.leases()), reading.leases(), reading.primaries());
  }

  /** How much of what has to go is gone: from 0 to 1. */
  @JsonProperty
  public double cleared() {
    long toGo = most - expected;
    return toGo <= 0
        ? (now == expected ? 1 : 0)
        : Math.min(1, Math.max(0, (double) (most - now) / toGo));
  }
}
