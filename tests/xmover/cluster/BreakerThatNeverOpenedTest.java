package xmover.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import xmover.cluster.connection.Timeouts;

/**
 * With three hosts that let connections time out, five failures in a row were too far apart to
 * count.
 */
class BreakerThatNeverOpenedTest {

  @Test
  void connect_timeouts_on_three_hosts_fall_into_the_window_that_counts_failures() {
    Duration attempt = Timeouts.DEFAULT.connect().multipliedBy(3);
    Duration all = attempt.multipliedBy(5);
    for (int failed = 1; failed < 5; failed++) {
      all = all.plus(RetryPolicy.CONNECTION.delay(failed, () -> 1));
    }
    assertTrue(
        all.toMillis() < GuardedCluster.options(Duration.ofHours(1)).getFailuresRollingWindow(),
        all.toString());
  }
}
