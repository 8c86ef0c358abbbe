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

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
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
    LauncherFactory.create().execute(request, totals, new Progress());

    var summary = totals.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, Charset.defaultCharset()), 15);
    long failed = summary.getTotalFailureCount();
    System.out.printf(
        "%d passed, %d failed, %d skipped%n",
        summary.getTestsSucceededCount(), failed, summary.getTestsSkippedCount());
    System.out.flush();
    System.exit(failed > 0 ? 1 : summary.getTestsFoundCount() == 0 ? 2 : 0);
  }

  /** One line per class as it ends, one per skipped test with its reason. */
  private static final class Progress implements TestExecutionListener {
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      System.out.printf("skipped: %s: %s%n", test.getDisplayName(), reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      var source = test.getSource().orElse(null);
      if (source instanceof org.junit.platform.engine.support.descriptor.ClassSource type) {
        System.out.printf("%s %s%n", mark(result), type.getClassName());
      } else if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        System.out.printf("%s %s%n", mark(result), test.getDisplayName());
      }
    }

    private static String mark(TestExecutionResult result) {
      return switch (result.getStatus()) {
        case SUCCESSFUL -> "ok     ";
        case ABORTED -> "skipped";
        case FAILED -> "FAILED ";
      };
    }
  }
}
