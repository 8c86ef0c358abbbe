package xmover.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM like this one, with the same class path and options but a heap of its own, so that what is
 * measured shares nothing with what serves it. It reports by lines {@code figure NAME NUMBER}.
 */
public final class MeasuredJvm {
  private static final String FIGURE = "figure ";

  private final List<String> command = new ArrayList<>();

  private MeasuredJvm(Class<?> main, int megabytes) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xm"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
  }

  /** A JVM for a main class, with so much heap. */
  public static MeasuredJvm of(Class<?> main, int megabytes) {
    return new MeasuredJvm(main, megabytes);
  }

  /** Tells a figure to the JVM that started this one. */
  static void report(String name, double value) {
    System.out.printf("%s%s %s%n", FIGURE, name, value);
  }

  /** Runs it and answers its figures by name: those it told before it ended or its time was up. */
  public Map<String, List<Double>> run(Duration longest, String... arguments)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(command);
    words.addAll(List.of(arguments));
    Process child = new ProcessBuilder(words).redirectErrorStream(true).start();
    CompletableFuture<Map<String, List<Double>>> figures =
        CompletableFuture.supplyAsync(() -> figures(child.inputReader()));
    if (!child.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      child.destroyForcibly();
    }
    return figures.join();
  }

  private static Map<String, List<Double>> figures(BufferedReader lines) {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    lines
        .lines()
        .filter(line -> line.startsWith(FIGURE))
        .map(line -> line.split(" "))
        .forEach(
            words ->
                figures
                    .computeIfAbsent(words[1], name -> new ArrayList<>())
                    .add(Double.valueOf(words[2])));
    return figures;
  }
}
