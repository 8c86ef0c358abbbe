///usr/bin/env jbang "$0" "$@" ; exit $?
// How long detection takes and how much heap it needs: ./jbang tests/DetectionBenchmark.java [runs]
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
import java.util.Map;
import xmover.benchmark.DetectionClient;
import xmover.benchmark.MeasuredJvm;
import xmover.benchmark.Samples;
import xmover.benchmark.Simulator;
import xmover.run.Connection;

/** 10,000 tables with 100,000 shard rows, asked by a JVM of its own. Prints; never fails. */
public class DetectionBenchmark {
  private static final String SCENARIO = "large?tables=10000";
  private static final int BOUND = 256;
  private static final int STEP = 4;

  public static void main(String... args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    Vertx vertx = Vertx.vertx();
    Simulator simulator = Connection.await(Simulator.start(vertx, Scenario.load(SCENARIO)));
    System.out.printf(
        "detection over sim:%s, %d runs each, client JVM with -Xmx%dm%n%n", SCENARIO, runs, BOUND);
    System.out.println(
        "transport       first ms  median ms  statements  heap after GC MB  kept MB  works from");
    measure("postgresql", simulator.pgUrl(), simulator, runs);
    measure("http", simulator.httpUrl(), simulator, runs);
    measure("in one process", "sim:" + SCENARIO, simulator, runs);
    Connection.await(vertx.close());
  }

  private static void measure(String name, String url, Simulator simulator, int runs)
      throws Exception {
    int before = simulator.statements().size();
    Map<String, List<Double>> told = detect(url, BOUND, runs);
    // Over the PostgreSQL wire the first connection asks who the server is.
    int sent = (simulator.statements().size() - before) / runs;
    if (!told.containsKey(DetectionClient.KEPT)) {
      System.out.printf("%-14s  does not work with -Xmx%dm%n", name, BOUND);
      return;
    }
    List<Double> times = told.get(DetectionClient.MILLIS);
    System.out.printf(
        "%-14s  %8.0f  %9.0f  %10s  %16.0f  %7.0f  -Xmx%dm%n",
        name,
        times.get(0),
        Samples.of(times.subList(1, times.size())).median(),
        sent == 0 ? "same" : String.valueOf(sent),
        told.get(DetectionClient.PEAK).get(0),
        told.get(DetectionClient.KEPT).get(0),
        smallestHeap(url));
  }

  /** By halving, in steps of 4 MB. */
  private static int smallestHeap(String url) throws Exception {
    int fails = STEP;
    int works = BOUND;
    while (works - fails > STEP) {
      int middle = (works + fails) / 2 / STEP * STEP;
      if (detect(url, middle, 2).containsKey(DetectionClient.KEPT)) {
        works = middle;
      } else {
        fails = middle;
      }
    }
    return works;
  }

  private static Map<String, List<Double>> detect(String url, int megabytes, int runs)
      throws Exception {
    return MeasuredJvm.of(DetectionClient.class, megabytes)
        .run(Duration.ofMinutes(2), url, String.valueOf(runs));
  }
}
