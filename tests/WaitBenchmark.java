///usr/bin/env jbang "$0" "$@" ; exit $?
// How long tables are at zero replicas, in simulated time: ./jbang tests/WaitBenchmark.java
//JAVA 17+
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/cratesim/CrateSim.java
//SOURCES cratesim/LeaseMoments.java
//SOURCES xmover/benchmark/*.java
//SOURCES xmover/environment/SteppedTimers.java
//SOURCES xmover/run/UnguardedRun.java

import java.time.Duration;
import java.util.List;
import xmover.benchmark.Samples;
import xmover.benchmark.Waits;
import xmover.reset.machine.Backoff;

/**
 * Lease sync on request against the plain wait, and the ladder against the adaptive backoff, over
 * the same tables and ticks. Prints; never fails.
 */
public class WaitBenchmark {
  private static final List<Duration> TICKS =
      List.of(Duration.ofSeconds(30), Duration.ofMinutes(5));
  private static final List<Integer> SHARDS = List.of(1, 4, 16);

  public static void main(String... args) {
    System.out.println("1,000 tables per line, every statement answered after 0.1 s");
    System.out.printf("%nseconds at zero replicas, ladder%n");
    System.out.println("tick s  shards  lease sync  median     p95    mean looks  mean statements");
    for (Duration tick : TICKS) {
      for (int shards : SHARDS) {
        compare(tick, shards, "auto", Waits.measure(Backoff.Ladder.HANDBOOK, true, tick, shards));
        compare(tick, shards, "off", Waits.measure(Backoff.Ladder.HANDBOOK, false, tick, shards));
      }
    }
    System.out.printf("%nseconds at zero replicas after the leases had cleared, lease sync off%n");
    System.out.println("tick s  shards  backoff     median     p95    mean looks  mean statements");
    for (Duration tick : TICKS) {
      for (int shards : SHARDS) {
        print(tick, shards, "ladder", Waits.measure(Backoff.Ladder.HANDBOOK, false, tick, shards));
        print(
            tick,
            shards,
            "adaptive",
            Waits.measure(new Backoff.Adaptive(tick), false, tick, shards));
      }
    }
  }

  private static void compare(Duration tick, int shards, String mode, Waits waits) {
    print(tick, shards, mode, waits.zero(), waits);
  }

  private static void print(Duration tick, int shards, String backoff, Waits waits) {
    print(tick, shards, backoff, waits.late(), waits);
  }

  private static void print(Duration tick, int shards, String mode, Samples seconds, Waits waits) {
    System.out.printf(
        "%6d  %6d  %-10s  %6.1f  %6.1f  %12.1f  %15.1f%n",
        tick.toSeconds(),
        shards,
        mode,
        seconds.median(),
        seconds.percentile(95),
        waits.looks().mean(),
        waits.statements().mean());
  }
}
