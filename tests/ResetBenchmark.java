///usr/bin/env jbang "$0" "$@" ; exit $?
// What a run over 1,000 tables costs, in real time; or over others:
//   ./jbang tests/ResetBenchmark.java [runs [tables concurrent]]
//JAVA 17+
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/cratesim/CrateSim.java
//SOURCES cratesim/LeaseMoments.java
//SOURCES xmover/benchmark/*.java
//SOURCES xmover/environment/SteppedTimers.java
//SOURCES xmover/run/UnguardedRun.java

import cratesim.LeaseMoments;
import cratesim.StatementLog.Arrival;
import cratesim.scenario.Scenario;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.benchmark.GeneratedScenario;
import xmover.benchmark.MeasuredJvm;
import xmover.benchmark.ResetClient;
import xmover.benchmark.Samples;
import xmover.benchmark.Simulator;
import xmover.benchmark.WaitingClient;
import xmover.run.Connection;

/** A run in a JVM of its own against a simulated cluster in this one. Prints; never fails. */
public class ResetBenchmark {
  private static final int KEPT_WAITING = 1000;
  private static final int HEAP = 256;
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private static final GeneratedScenario NEVER =
      new GeneratedScenario(1, 5 * KEPT_WAITING, 2, 100_000);

  private static final Pattern ZEROED =
      Pattern.compile("ALTER TABLE \"doc\"\\.\"(\\w+)\" SET \\(\"number_of_replicas\" = '0'\\)");

  private final Vertx vertx = Vertx.vertx();
  private final int tables;
  private final int concurrent;

  private ResetBenchmark(int tables, int concurrent) {
    this.tables = tables;
    this.concurrent = concurrent;
  }

  public static void main(String... args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    var benchmark =
        args.length > 2
            ? new ResetBenchmark(Integer.parseInt(args[1]), Integer.parseInt(args[2]))
            : new ResetBenchmark(1000, 50);
    System.out.printf(
        "%,d tables, %d at once, a look every 0.25 s, lease sync off%n",
        benchmark.tables, benchmark.concurrent);
    System.out.println(
        "wall s  ideal s  ratio  completed  statements  CPU ms a table  loop late ms  loop CPU ms"
            + "  idle late ms");
    List<Double> ratios = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ratios.add(benchmark.reset());
    }
    System.out.printf("median ratio %.2f%n%n", Samples.of(ratios).median());
    benchmark.retained(runs);
    Connection.await(benchmark.vertx.close());
  }

  private double reset() throws Exception {
    // Two shards with a tick of 3 s clear after 2 s on average, 3 s at most.
    Scenario scenario = new GeneratedScenario(1, tables, 2, 3).load();
    Simulator simulator = Connection.await(Simulator.start(vertx, scenario));
    Map<String, List<Double>> told =
        MeasuredJvm.of(ResetClient.class, HEAP)
            .run(LONGEST, simulator.pgUrl(), String.valueOf(concurrent), "250");
    if (!told.containsKey(ResetClient.IDLE)) {
      System.out.println("the run did not end");
      return Double.NaN;
    }
    double wall = told.get(ResetClient.WALL).get(0);
    double ideal = clearing(scenario, simulator.statements()) / concurrent;
    System.out.printf(
        "%6.1f  %7.1f  %5.2f  %9.0f  %10d  %14.2f  %12.0f  %11.0f  %12.0f%n",
        wall,
        ideal,
        wall / ideal,
        told.get(ResetClient.COMPLETED).get(0),
        simulator.statements().size(),
        told.get(ResetClient.CPU_PER_TABLE).get(0),
        told.get(ResetClient.LATE).get(0),
        told.get(ResetClient.CPU).get(0),
        told.get(ResetClient.IDLE).get(0));
    return wall / ideal;
  }

  /** Seconds that the leases of all tables took to clear, one table after the other. */
  private static double clearing(Scenario scenario, List<Arrival> arrivals) {
    var moments = LeaseMoments.of(scenario);
    double seconds = 0;
    for (Arrival arrival : arrivals) {
      Matcher zeroed = ZEROED.matcher(arrival.text());
      if (zeroed.matches()) {
        Instant cleared = moments.cleared("doc." + zeroed.group(1), arrival.time());
        seconds += Duration.between(arrival.time(), cleared).toMillis() / 1000.0;
      }
    }
    return seconds;
  }

  private void retained(int runs) throws Exception {
    List<Double> bytes = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Simulator simulator = Connection.await(Simulator.start(vertx, NEVER.load()));
      bytes.addAll(
          MeasuredJvm.of(WaitingClient.class, HEAP)
              .run(LONGEST, simulator.pgUrl(), String.valueOf(KEPT_WAITING))
              .getOrDefault(WaitingClient.BYTES_PER_TABLE, List.of(Double.NaN)));
    }
    System.out.printf(
        "kept per waiting table beyond its finding: %.0f bytes (median of %d; %,d more tables)%n",
        Samples.of(bytes).median(), runs, NEVER.tables() - KEPT_WAITING);
  }
}
