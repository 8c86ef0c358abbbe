package xmover.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import xmover.fuzz.Tries.BytesPromise;

/**
 * A promise of a test as what Jazzer calls a target. The test begins, hands its promise over where
 * it would try it, and waits: what it set up lasts as long as Jazzer tries.
 */
public final class GuidedTries {
  /** The system property with the id of the test. */
  public static final String TEST = "xmover.fuzz.test";

  /** The system property with the folder where the test's sound inputs go. */
  public static final String SOUND = "xmover.fuzz.sound";

  private static final String FUZZED = ".*(\\.Fuzzed[^.]*|xmover\\.fuzz\\.[^.]*)Test";

  private static final SynchronousQueue<BytesPromise> HANDED_OVER = new SynchronousQueue<>();
  private static final CountDownLatch ENOUGH = new CountDownLatch(1);
  private static @Nullable Thread test;
  private static @Nullable BytesPromise promise;

  private GuidedTries() {}

  /** The tests that try a promise: their names, and the ids by which they are run. */
  public static Map<String, String> all() throws Exception {
    Map<String, String> found = new TreeMap<>();
    var current =
        new TestExecutionListener() {
          private @Nullable TestIdentifier running;

          @Override
          public void executionStarted(TestIdentifier begun) {
            running = begun.isTest() ? begun : running;
          }
        };
    Tries.leaveTo(
        (sound, unused) -> {
          TestIdentifier begun = current.running;
          if (begun != null && found.put(name(begun), begun.getUniqueId()) != null) {
            throw new IllegalStateException(name(begun) + ": a test tries one promise");
          }
        });
    Path classes =
        Path.of(GuidedTries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    run(DiscoverySelectors.selectClasspathRoots(Set.of(classes)), current);
    return found;
  }

  private static String name(TestIdentifier test) {
    var method = (MethodSource) test.getSource().orElseThrow();
    UniqueId.Segment last = test.getUniqueIdObject().getLastSegment();
    String invocation = last.getValue().startsWith("#") ? last.getValue() : "";
    return method.getClassName() + "." + method.getMethodName() + invocation;
  }

  private static void run(
      List<? extends DiscoverySelector> selectors, TestExecutionListener... listeners) {
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors)
            .filters(ClassNameFilter.includeClassNamePatterns(FUZZED))
            // A time limit would end the test that waits, or give it another thread.
            .configurationParameter("junit.jupiter.execution.timeout.mode", "disabled")
            .build();
    LauncherFactory.create().execute(request, listeners);
  }

  /** Jazzer calls this once, before all. */
  public static void fuzzerInitialize() throws InterruptedException {
    Tries.leaveTo(GuidedTries::handOver);
    var selected = List.of(DiscoverySelectors.selectUniqueId(System.getProperty(TEST)));
    test = new Thread(() -> run(selected), "test");
    test.start();
    promise = HANDED_OVER.take();
  }

  private static void handOver(List<byte[]> sound, BytesPromise promise) {
    try {
      for (int i = 0; i < sound.size(); i++) {
        Files.write(Path.of(System.getProperty(SOUND)).resolve("sound-" + i), sound.get(i));
      }
      HANDED_OVER.put(promise);
      ENOUGH.await();
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Jazzer calls this with one input after the other. */
  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    promise.holds(bytes);
  }

  /** Jazzer calls this once, after all. */
  public static void fuzzerTearDown() throws InterruptedException {
    ENOUGH.countDown();
    test.join();
  }
}
