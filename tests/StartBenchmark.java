///usr/bin/env jbang "$0" "$@" ; exit $?
// How fast the installed command starts and looks, beside the Python predecessor if there is one:
//   ./jbang install && XMOVER_PREDECESSOR='path/to/xmover' ./jbang tests/StartBenchmark.java [runs]
// It prints medians and ratios of one run; it never fails by the clock.
//JAVA 17+
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/cratesim/CrateSim.java
//SOURCES cratesim/LeaseMoments.java
//SOURCES xmover/benchmark/*.java
//SOURCES xmover/environment/SteppedTimers.java
//SOURCES xmover/run/UnguardedRun.java

import cratesim.scenario.Scenario;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.benchmark.Samples;
import xmover.benchmark.Simulator;
import xmover.run.Connection;

/** Commands in turn, so that a busy moment of the machine meets each of them. */
public class StartBenchmark {
  private static final String COMMAND =
      Optional.ofNullable(System.getenv("XMOVER_INSTALLED"))
          .orElse(System.getProperty("user.home") + "/.local/bin/xmover");

  public static void main(String... args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 11;
    String predecessor = System.getenv("XMOVER_PREDECESSOR");
    if (predecessor == null) {
      System.out.println("skipped: the predecessor (XMOVER_PREDECESSOR is not set)");
    }
    Vertx vertx = Vertx.vertx();
    Simulator simulator = Connection.await(Simulator.start(vertx, Scenario.load("quiet")));
    Map<String, List<String>> help = new LinkedHashMap<>();
    Map<String, List<String>> detect = new LinkedHashMap<>();
    help.put("xmover --help", List.of(COMMAND, "--help"));
    detect.put("xmover detect", List.of(COMMAND, "detect", "--connect", simulator.pgUrl()));
    if (predecessor != null) {
      List<String> words = Arrays.asList(predecessor.split(" +"));
      help.put("predecessor --help", with(words, "--help"));
      detect.put("predecessor analysis", with(words, "problematic-translogs"));
    }
    compare(help, runs, simulator);
    compare(detect, runs, simulator);
    Connection.await(vertx.close());
  }

  private static List<String> with(List<String> words, String more) {
    var all = new ArrayList<>(words);
    all.add(more);
    return all;
  }

  private static void compare(Map<String, List<String>> commands, int runs, Simulator simulator)
      throws IOException, InterruptedException {
    Map<String, List<Double>> taken = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      for (var command : commands.entrySet()) {
        taken
            .computeIfAbsent(command.getKey(), name -> new ArrayList<>())
            .add(millis(command.getValue(), simulator));
      }
    }
    double first = 0;
    for (var one : taken.entrySet()) {
      Samples samples = Samples.of(one.getValue());
      System.out.printf(
          "%-22s median %6.0f ms, fastest %6.0f ms%s%n",
          one.getKey(),
          samples.median(),
          samples.values().get(0),
          first > 0 ? ", xmover takes %.2f of it".formatted(first / samples.median()) : "");
      first = first > 0 ? first : samples.median();
    }
  }

  private static double millis(List<String> command, Simulator simulator)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command);
    builder.environment().put("CRATE_CONNECTION_STRING", simulator.httpUrl() + "/_sql");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    long started = System.nanoTime();
    builder.start().waitFor();
    return (System.nanoTime() - started) / 1e6;
  }
}
