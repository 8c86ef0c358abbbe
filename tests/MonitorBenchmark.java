///usr/bin/env jbang "$0" "$@" ; exit $?
// Whether watching a cluster for long makes the heap grow, and what it asks for at each look:
//   ./jbang tests/MonitorBenchmark.java [looks]
//JAVA 17+
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/cratesim/CrateSim.java
//SOURCES cratesim/LeaseMoments.java
//SOURCES xmover/benchmark/*.java
//SOURCES xmover/environment/SteppedTimers.java
//SOURCES xmover/run/UnguardedRun.java

import cratesim.scenario.Scenario;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import xmover.benchmark.MeasuredJvm;
import xmover.benchmark.Simulator;
import xmover.benchmark.WatchClient;
import xmover.run.Connection;

/**
 * 10,000 tables with 100,000 shard copies, looked at without a pause as often as ten minutes of
 * looks every ten seconds. Prints; never fails.
 */
public class MonitorBenchmark {
  private static final String SCENARIO = "large?tables=10000";
  private static final int NAMED = 100;
  private static final int HEAP = 96;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public static void main(String... args) throws Exception {
    int looks = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    Vertx vertx = Vertx.vertx();
    Simulator simulator = Connection.await(Simulator.start(vertx, Scenario.load(SCENARIO)));
    System.out.printf("%d looks at sim:%s, client JVM with -Xmx%dm%n%n", looks, SCENARIO, HEAP);
    System.out.println("watched         statements a look  MB kept after each sixth of the looks");
    measure("all tables", simulator, looks, 0);
    measure(NAMED + " by name", simulator, looks, NAMED);
    Connection.await(vertx.close());
  }

  private static void measure(String what, Simulator simulator, int looks, int named)
      throws Exception {
    int before = simulator.statements().size();
    List<Double> kept =
        MeasuredJvm.of(WatchClient.class, HEAP)
            .run(LONGEST, simulator.pgUrl(), looks + "", looks / 6 + "", named + "")
            .getOrDefault(WatchClient.KEPT, List.of());
    double statements = (simulator.statements().size() - before) / (double) looks;
    System.out.printf("%-14s  %17.1f", what, statements);
    kept.forEach(megabytes -> System.out.printf("  %.1f", megabytes));
    System.out.println();
  }
}
