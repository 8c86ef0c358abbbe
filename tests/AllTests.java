///usr/bin/env jbang "$0" "$@" ; exit $?
// Runs every test, or those whose class name matches the regex given:
//   ./jbang tests/AllTests.java '.*TableRef.*'
//
// DEPS: the one place for versions of the libraries that test.
//JAVA 17+
//SOURCES ../lib/xmover/Xmover.java
//SOURCES xmover/**.java
//DEPS org.junit.jupiter:junit-jupiter:5.14.4
//DEPS org.junit.platform:junit-platform-launcher:1.14.4
//DEPS org.wiremock:wiremock-standalone:3.13.2
//DEPS com.tngtech.archunit:archunit:1.4.1
//DEPS com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:2.21.8
//DEPS io.fabric8:kubernetes-model-batch:7.4.0
//DEPS io.fabric8:kubernetes-model-networking:7.4.0
//DEPS org.seleniumhq.selenium:selenium-chrome-driver:4.52.0
//DEPS org.seleniumhq.selenium:selenium-support:4.52.0
//DEPS com.deque.html.axe-core:selenium:4.11.0@fatjar
//FILES scenarios/recorded.json=scenarios/recorded.json
//FILES scenarios/replicated.json=scenarios/replicated.json
//FILES recorded/allocations.json=recorded/allocations.json
//FILES recorded/alter-blob-ok.json=recorded/alter-blob-ok.json
//FILES recorded/alter-ok.json=recorded/alter-ok.json
//FILES recorded/alter-partition-ok.json=recorded/alter-partition-ok.json
//FILES recorded/cluster-health.json=recorded/cluster-health.json
//FILES recorded/cluster.json=recorded/cluster.json
//FILES recorded/error-bad-replicas.json=recorded/error-bad-replicas.json
//FILES recorded/error-blob-table-without-blob-keyword.json=recorded/error-blob-table-without-blob-keyword.json
//FILES recorded/error-min-gt-max.json=recorded/error-min-gt-max.json
//FILES recorded/error-node-disconnected.json=recorded/error-node-disconnected.json
//FILES recorded/error-optimize-unknown-table.json=recorded/error-optimize-unknown-table.json
//FILES recorded/error-partition-column-missing.json=recorded/error-partition-column-missing.json
//FILES recorded/error-read-only-table.json=recorded/error-read-only-table.json
//FILES recorded/error-syntax.json=recorded/error-syntax.json
//FILES recorded/error-unknown-column.json=recorded/error-unknown-column.json
//FILES recorded/error-unknown-partition.json=recorded/error-unknown-partition.json
//FILES recorded/error-unknown-table.json=recorded/error-unknown-table.json
//FILES recorded/error-wait-for-active-shards.json=recorded/error-wait-for-active-shards.json
//FILES recorded/health.json=recorded/health.json
//FILES recorded/leases-one-table.json=recorded/leases-one-table.json
//FILES recorded/nodes.json=recorded/nodes.json
//FILES recorded/optimize-lease-sync-ok.json=recorded/optimize-lease-sync-ok.json
//FILES recorded/optimize-partition-ok.json=recorded/optimize-partition-ok.json
//FILES recorded/partitions.json=recorded/partitions.json
//FILES recorded/privileges.json=recorded/privileges.json
//FILES recorded/reset-timeline.json=recorded/reset-timeline.json
//FILES recorded/rows.json=recorded/rows.json
//FILES recorded/shards.json=recorded/shards.json
//FILES recorded/snapshots-in-progress.json=recorded/snapshots-in-progress.json
//FILES recorded/tables.json=recorded/tables.json
//FILES recorded-5.10/allocations.json=recorded-5.10/allocations.json
//FILES recorded-5.10/alter-blob-ok.json=recorded-5.10/alter-blob-ok.json
//FILES recorded-5.10/alter-ok.json=recorded-5.10/alter-ok.json
//FILES recorded-5.10/alter-partition-ok.json=recorded-5.10/alter-partition-ok.json
//FILES recorded-5.10/cluster-health.json=recorded-5.10/cluster-health.json
//FILES recorded-5.10/cluster.json=recorded-5.10/cluster.json
//FILES recorded-5.10/error-bad-replicas.json=recorded-5.10/error-bad-replicas.json
//FILES recorded-5.10/error-blob-table-without-blob-keyword.json=recorded-5.10/error-blob-table-without-blob-keyword.json
//FILES recorded-5.10/error-min-gt-max.json=recorded-5.10/error-min-gt-max.json
//FILES recorded-5.10/error-optimize-unknown-table.json=recorded-5.10/error-optimize-unknown-table.json
//FILES recorded-5.10/error-partition-column-missing.json=recorded-5.10/error-partition-column-missing.json
//FILES recorded-5.10/error-read-only-table.json=recorded-5.10/error-read-only-table.json
//FILES recorded-5.10/error-syntax.json=recorded-5.10/error-syntax.json
//FILES recorded-5.10/error-unknown-column.json=recorded-5.10/error-unknown-column.json
//FILES recorded-5.10/error-unknown-partition.json=recorded-5.10/error-unknown-partition.json
//FILES recorded-5.10/error-unknown-table.json=recorded-5.10/error-unknown-table.json
//FILES recorded-5.10/error-wait-for-active-shards.json=recorded-5.10/error-wait-for-active-shards.json
//FILES recorded-5.10/health.json=recorded-5.10/health.json
//FILES recorded-5.10/leases-one-table.json=recorded-5.10/leases-one-table.json
//FILES recorded-5.10/leases-with-logical-replication.json=recorded-5.10/leases-with-logical-replication.json
//FILES recorded-5.10/nodes.json=recorded-5.10/nodes.json
//FILES recorded-5.10/optimize-lease-sync-ok.json=recorded-5.10/optimize-lease-sync-ok.json
//FILES recorded-5.10/optimize-partition-ok.json=recorded-5.10/optimize-partition-ok.json
//FILES recorded-5.10/partitions.json=recorded-5.10/partitions.json
//FILES recorded-5.10/privileges.json=recorded-5.10/privileges.json
//FILES recorded-5.10/shards.json=recorded-5.10/shards.json
//FILES recorded-5.10/snapshots-in-progress.json=recorded-5.10/snapshots-in-progress.json
//FILES recorded-5.10/tables.json=recorded-5.10/tables.json

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Exit code 0 when all passed, 1 when one failed, 2 when none ran. */
public class AllTests {
  public static void main(String... args) throws Exception {
    Path ownJar =
        Path.of(AllTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(ownJar)))
            .filters(ClassNameFilter.includeClassNamePatterns(args.length > 0 ? args[0] : ".*Test"))
            .build();
    var totals = new SummaryGeneratingListener();
    var progress = new Progress();
    LauncherFactory.create().execute(request, totals, progress);

    var summary = totals.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, Charset.defaultCharset()), 15);
    long failed = summary.getTotalFailureCount();
    System.out.printf(
        "%d passed, %d failed, %d skipped%n",
        summary.getTestsSucceededCount(), failed, progress.skipped.get());
    System.out.flush();
    boolean none = summary.getTestsFoundCount() + progress.skipped.get() == 0;
    System.exit(failed > 0 ? 1 : none ? 2 : 0);
  }

  /** One line per class as it ends, with the time it took, one per skipped test with its reason. */
  private static final class Progress implements TestExecutionListener {
    private final Map<String, Long> began = new ConcurrentHashMap<>();
    private TestPlan plan;
    private final AtomicLong skipped = new AtomicLong();

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
        System.out.printf("%s %s (%s)%n", mark(result), type.getClassName(), took(test));
      } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        System.out.printf("%s %s%n", mark(result), test.getDisplayName());
      }
    }

    /** A class counts as its methods; how often one with parameters would run, nobody knows yet. */
    private void skipped(TestIdentifier test, String reason) {
      long methods =
          plan.getDescendants(test).stream().filter(t -> plan.getChildren(t).isEmpty()).count();
      skipped.addAndGet(Math.max(1, methods));
      System.out.printf("skipped %s: %s%n", test.getDisplayName(), reason);
    }

    private String took(TestIdentifier test) {
      long nanos = System.nanoTime() - began.getOrDefault(test.getUniqueId(), System.nanoTime());
      return "%.1f s".formatted(nanos / 1e9);
    }

    private static String mark(TestExecutionResult result) {
      return result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? "ok     " : "FAILED ";
    }
  }
}
