package xmover.suite;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** One line per class as it ends, with the time it took, one per skipped test with its reason. */
public final class Progress implements TestExecutionListener {
  private final PrintStream out;
  private final Map<String, Long> began = new ConcurrentHashMap<>();
  private final AtomicLong skipped = new AtomicLong();
  private volatile TestPlan plan;

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** How many tests were skipped until now. */
  public long skipped() {
    return skipped.get();
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    began.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    var source = test.getSource().orElse(null);
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      skipped(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
    } else if (source instanceof ClassSource type) {
      out.printf("%s %s (%s)%n", mark(result), type.getClassName(), took(test));
    } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      out.printf("%s %s%n", mark(result), test.getDisplayName());
    }
  }

  /** A class counts as its methods; how often one with parameters would run, nobody knows yet. */
  private void skipped(TestIdentifier test, String reason) {
    long methods =
        plan.getDescendants(test).stream().filter(t -> plan.getChildren(t).isEmpty()).count();
    skipped.addAndGet(Math.max(1, methods));
    out.printf("skipped %s: %s%n", test.getDisplayName(), reason);
  }

  private String took(TestIdentifier test) {
    long nanos = System.nanoTime() - began.getOrDefault(test.getUniqueId(), System.nanoTime());
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  private static String mark(TestExecutionResult result) {
    return result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? "ok     " : "FAILED ";
  }
}
