package xmover.suite;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * What each test class cost. Classes run beside each other, so a class is charged only what is
 * certainly its own: the CPU of the thread it runs in, and that of the processes which ended while
 * it alone could start some. Event loops, compiler and collector are in the total only; run a class
 * alone to see them.
 */
public final class Costs implements TestExecutionListener {
  private static final int MOST_ROWS = 25;
  private static final Path OWN_STAT = Path.of("/proc/self/stat");

  private record Cost(String type, Duration wall, Duration thread, Duration children) {
    Duration cpu() {
      return thread.plus(children);
    }

    Cost plus(Cost more) {
      return new Cost(
          type, wall.plus(more.wall), thread.plus(more.thread), children.plus(more.children));
    }
  }

  private record Reading(Duration time, Duration thread, Duration children) {
    static Reading now() {
      return new Reading(
          Duration.ofNanos(System.nanoTime()),
          Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()),
          endedChildren().orElse(Duration.ZERO));
    }
  }

  /** Who started this JVM may have had children before: the compiler. */
  private final Optional<Duration> before = endedChildren();

  private final Map<String, Reading> begun = new ConcurrentHashMap<>();
  private final Map<String, Cost> costs = new ConcurrentHashMap<>();
  private volatile TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    begun.put(test.getUniqueId(), Reading.now());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Reading begin = begun.remove(test.getUniqueId());
    Reading end = Reading.now();
    Duration children =
        isFirstOutside(test) ? end.children().minus(begin.children()) : Duration.ZERO;
    test.getSource()
        .ifPresent(
            source -> {
              if (source instanceof ClassSource type) {
                Duration wall = end.time().minus(begin.time());
                Duration thread = end.thread().minus(begin.thread());
                add(new Cost(type.getClassName(), wall, thread, children));
              } else if (source instanceof MethodSource method) {
                add(new Cost(method.getClassName(), Duration.ZERO, Duration.ZERO, children));
              }
            });
  }

  private void add(Cost cost) {
    costs.merge(cost.type(), cost, Cost::plus);
  }

  /** It holds the lock itself, and not because what contains it does. */
  private boolean isFirstOutside(TestIdentifier test) {
    return isOutside(test) && plan.getParent(test).filter(Costs::isOutside).isEmpty();
  }

  private static boolean isOutside(TestIdentifier test) {
    return test.getTags().stream().anyMatch(tag -> Outside.TAGS.contains(tag.getName()));
  }

  /** Prints them, the dearest first, and what everything cost. */
  public void printTo(PrintStream out) {
    List<Cost> sorted = new ArrayList<>(costs.values());
    sorted.sort(Comparator.comparing(Cost::cpu).thenComparing(Cost::wall).reversed());
    var shown = sorted.subList(0, Math.min(MOST_ROWS, sorted.size()));
    out.printf("%nseconds: wall, CPU of the class's own thread, CPU of processes it started%n");
    shown.forEach(cost -> out.println(line(cost)));
    sorted.subList(shown.size(), sorted.size()).stream()
        .reduce(Cost::plus)
        .ifPresent(
            rest ->
                out.printf(
                    "and %s more, together %s s of CPU%n",
                    sorted.size() - shown.size(), seconds(rest.cpu())));
    out.println(total(sorted));
  }

  private static String line(Cost cost) {
    return "%7s %7s %7s  %s"
        .formatted(
            seconds(cost.wall()), seconds(cost.thread()), seconds(cost.children()), cost.type());
  }

  private String total(List<Cost> all) {
    var wall = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    Duration threads = all.stream().map(Cost::thread).reduce(Duration.ZERO, Duration::plus);
    return "all: %s s wall, %s s CPU of this JVM (%s s in the tests' own threads), %s"
        .formatted(
            seconds(wall),
            ownCpu().map(Costs::seconds).orElse("?"),
            seconds(threads),
            before.isEmpty()
                ? "CPU of its children unknown"
                : "%s s CPU of its children; before it %s s CPU, as for compiling"
                    .formatted(
                        seconds(endedChildren().orElseThrow().minus(before.get())),
                        seconds(before.get())));
  }

  private static Optional<Duration> ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration();
  }

  /** The CPU of all children that have ended, and of theirs; only Linux tells. */
  private static Optional<Duration> endedChildren() {
    try {
      String stat = Files.readString(OWN_STAT);
      // The name in parentheses may hold blanks; proc(5) numbers what follows it from 3.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[16 - 3]) + Long.parseLong(fields[17 - 3]);
      // Linux shows every program 100 ticks a second, whatever its own are.
      return Optional.of(Duration.ofMillis(10 * ticks));
    } catch (IOException noLinux) {
      return Optional.empty();
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
  }
}
