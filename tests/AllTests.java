///usr/bin/env jbang "$0" "$@" ; exit $?
// Runs every test, or those that are chosen:
//   ./jbang tests/AllTests.java --fast
//   ./jbang tests/AllTests.java '.*TableRef.*'
//
// DEPS: the one place for versions of the libraries that test.
//JAVA 17+
// Vert.x keeps the key of each server for a moment in a store that is encrypted in 10,000 rounds.
//RUNTIME_OPTIONS -Dkeystore.pkcs12.keyPbeIterationCount=1
// What all tests compile does not fit into the 48 MB that a JVM without its second compiler takes.
//RUNTIME_OPTIONS -XX:ReservedCodeCacheSize=240m
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../scripts/detect.java
//SOURCES ../scripts/heal.java
//SOURCES ../scripts/install.java
//SOURCES ../scripts/monitor.java
//SOURCES ../scripts/publish.java
//SOURCES ../scripts/reset.java
//SOURCES ../scripts/shell.java
//SOURCES ../scripts/xmover.java
//SOURCES ../lib/cratesim/CrateSim.java
//SOURCES ../lib/packaging/Packaging.java
//SOURCES cratesim/**.java
//SOURCES packaging/**.java
//SOURCES xmover/**.java
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS org.wiremock:wiremock-standalone:3.13.2
//DEPS io.netty:netty-pkitesting:4.2.10.Final
//DEPS org.apache.commons:commons-csv:1.14.1
//DEPS com.tngtech.archunit:archunit:1.4.1
//DEPS com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:2.23.0
//DEPS io.fabric8:kubernetes-model-batch:7.4.0
//DEPS io.fabric8:kubernetes-model-networking:7.4.0
//DEPS org.seleniumhq.selenium:selenium-chrome-driver:4.52.0
//DEPS org.seleniumhq.selenium:selenium-support:4.52.0
//DEPS com.deque.html.axe-core:selenium:4.11.0@fatjar
//DEPS com.google.jimfs:jimfs:1.3.0
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
//FILES recorded-sick/6.0.0-1-healthy.json=recorded-sick/6.0.0-1-healthy.json
//FILES recorded-sick/6.0.0-2-hole-just-made.json=recorded-sick/6.0.0-2-hole-just-made.json
//FILES recorded-sick/6.0.0-3-grown.json=recorded-sick/6.0.0-3-grown.json
//FILES recorded-sick/6.0.0-4-after-optimize-flush.json=recorded-sick/6.0.0-4-after-optimize-flush.json
//FILES recorded-sick/6.0.0-one-gigabyte-before-move.json=recorded-sick/6.0.0-one-gigabyte-before-move.json
//FILES recorded-sick/6.0.0-one-gigabyte-moved-and-flushed.json=recorded-sick/6.0.0-one-gigabyte-moved-and-flushed.json
//FILES recorded-sick/6.0.0-one-gigabyte-moved-not-yet-flushed.json=recorded-sick/6.0.0-one-gigabyte-moved-not-yet-flushed.json
//FILES recorded-sick/6.0.0-refused-insert.json=recorded-sick/6.0.0-refused-insert.json
//FILES recorded-sick/6.0.0-unreplayable-move-failed-safely.json=recorded-sick/6.0.0-unreplayable-move-failed-safely.json
//FILES recorded-sick/6.0.0-unreplayable-unassigned-for-good.json=recorded-sick/6.0.0-unreplayable-unassigned-for-good.json

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import xmover.suite.Costs;
import xmover.suite.Outside;
import xmover.suite.OutsideFirst;
import xmover.suite.Progress;

/** Exit code 0 when all passed, 1 when one failed, 2 when none ran. */
@Command(
    name = "./jbang tests/AllTests.java",
    sortOptions = false,
    description = {
      "Runs the tests, and tells at the end what they cost. Classes run side by side, of those with"
          + " one of these tags one at a time: browser, image, web, cratedb.",
      ""
    },
    footerHeading = "%nExit codes: 0 all passed, 1 one failed, 2 none ran.%n",
    footer = "What each tag means, and what a test may cost: CONTRIBUTING.md.%n")
public class AllTests implements Callable<Integer> {
  /**
   * Two classes per core, as many wait for a process or for time; the methods of each one after the
   * other.
   */
  private static final Map<String, String> SIDE_BY_SIDE =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "same_thread",
          "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism",
              String.valueOf(2 * Runtime.getRuntime().availableProcessors()),
          "junit.jupiter.execution.parallel.config.executor-service", "WORKER_THREAD_POOL",
          "junit.jupiter.testclass.order.default", OutsideFirst.class.getName());

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CLASS_REGEX",
      defaultValue = ".*Test",
      description = "Only classes with such a name, package included. Default: ${DEFAULT-VALUE}")
  private Pattern classes;

  @Option(names = "--fast", description = "Only classes that stay in memory; takes a minute.")
  private boolean fast;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "Only tests with such a tag; repeatable.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--without-tag", paramLabel = "T", description = "None with it; repeatable.")
  private List<String> withoutTags = new ArrayList<>();

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean help;

  public static void main(String... args) {
    System.exit(new CommandLine(new AllTests()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var totals = new SummaryGeneratingListener();
    var progress = new Progress(System.out);
    var costs = new Costs();
    LauncherFactory.create().execute(request(), totals, progress, costs);

    var summary = totals.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, Charset.defaultCharset()), 15);
    long failed = summary.getTotalFailureCount();
    costs.printTo(System.out);
    System.out.printf(
        "%d passed, %d failed, %d skipped%n",
        summary.getTestsSucceededCount(), failed, progress.skipped());
    System.out.flush();
    boolean none = summary.getTestsFoundCount() + progress.skipped() == 0;
    return failed > 0 ? 1 : none ? 2 : 0;
  }

  private LauncherDiscoveryRequest request() throws Exception {
    Path ownJar =
        Path.of(AllTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(ownJar)))
            .filters(ClassNameFilter.includeClassNamePatterns(classes.pattern()))
            .configurationParameters(SIDE_BY_SIDE);
    if (!tags.isEmpty()) {
      request.filters(TagFilter.includeTags(tags));
    }
    if (fast) {
      request.filters(TagFilter.excludeTags(Outside.TAGS));
    }
    if (!withoutTags.isEmpty()) {
      request.filters(TagFilter.excludeTags(withoutTags));
    }
    return request.build();
  }
}
