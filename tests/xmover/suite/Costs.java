package xmover.suite;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * What each test class cost. Classes run beside each other, so of the CPU of this JVM a class is
 * charged only what its own thread took: event loops, compiler and collector are in the total. Run
 * a class alone to see all it costs.
 */
public final class Costs implements TestExecutionListener {
  private static final int MOST_ROWS = 25;

  /** When this thread was last told of. */
  private static final ThreadLocal<Moment> LAST = new ThreadLocal<>();

  private record Cost(String type, Duration wall, Duration thread, Duration children) {
    Duration cpu() {
      return thread.plus(children);
    }
  }

  private record Moment(Duration time, Duration thread) {
    static Moment now() {
      return new Moment(
          Duration.ofNanos(System.nanoTime()),
          Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
    }
  }

  private final ChildrenCpu children = new ChildrenCpu();
  private final Map<String, Moment> begun = new ConcurrentHashMap<>();
  private final Map<String, Duration> walls = new ConcurrentHashMap<>();
  private final Map<String, Duration> threads = new ConcurrentHashMap<>();
  private volatile TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    Moment now = Moment.now();
    begun.put(test.getUniqueId(), now);
    if (goesOutside(test)) {
      children.begins(type(test));
      if (test.getSource().orElseThrow() instanceof MethodSource) {
        // Until now it waited for its turn.
        walls.merge(type(test), LAST.get().time().minus(now.time()), Duration::plus);
      }
    }
    LAST.set(now);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Moment begin = begun.remove(test.getUniqueId());
    Moment end = Moment.now();
    if (goesOutside(test)) {
      children.ends(type(test));
    }
    if (test.getSource().orElse(null) instanceof ClassSource) {
      walls.merge(type(test), end.time().minus(begin.time()), Duration::plus);
      threads.put(type(test), end.thread().minus(begin.thread()));
    }
    LAST.set(end);
  }

  /** It holds the lock of its tag itself, and not because what contains it does. */
  private boolean goesOutside(TestIdentifier test) {
    return hasTag(test) && plan.getParent(test).filter(Costs::hasTag).isEmpty();
  }

  private static boolean hasTag(TestIdentifier test) {
    return test.getTags().stream().anyMatch(tag -> Outside.TAGS.contains(tag.getName()));
  }

  private static String type(TestIdentifier test) {
    return test.getSource().orElseThrow() instanceof MethodSource method
        ? method.getClassName()
        : ((ClassSource) test.getSource().orElseThrow()).getClassName();
  }

  /** Prints them, the dearest first, and what everything cost. */
  public void printTo(PrintStream out) {
    List<Cost> costs =
        threads.keySet().stream()
            .map(type -> new Cost(type, walls.get(type), threads.get(type), children.of(type)))
            .sorted(Comparator.comparing(Cost::cpu).thenComparing(Cost::wall).reversed())
            .toList();
    out.printf("%n   wall  thread  processes (seconds; the last two are CPU)%n");
    costs.stream().limit(MOST_ROWS).map(Costs::line).forEach(out::println);
    if (costs.size() > MOST_ROWS) {
      List<Cost> more = costs.subList(MOST_ROWS, costs.size());
      out.printf("and %s more, together %s s of CPU%n", more.size(), seconds(more, Cost::cpu));
    }
    out.println(total(costs));
  }

  private static String line(Cost cost) {
    return "%7s %7s %7s   %s"
        .formatted(
            seconds(cost.wall()), seconds(cost.thread()), seconds(cost.children()), cost.type());
  }

  private String total(List<Cost> costs) {
    return ("all: %s s wall; CPU %s s in this JVM (%s s of it in the tests' threads),"
            + " %s s in processes, %s s before (compiling)")
        .formatted(
            seconds(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())),
            ProcessHandle.current().info().totalCpuDuration().map(Costs::seconds).orElse("?"),
            seconds(costs, Cost::thread),
            children.total().map(Costs::seconds).orElse("?"),
            children.before().map(Costs::seconds).orElse("?"));
  }

  private static String seconds(List<Cost> costs, Function<Cost, Duration> part) {
    return seconds(costs.stream().map(part).reduce(Duration.ZERO, Duration::plus));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
  }
}
