package xmover.benchmark;

import cratesim.CrateSim;
import java.util.concurrent.atomic.AtomicLong;
import xmover.cluster.connection.ConnectionOptions;
import xmover.detect.Analysis;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.ThisProcess;
import xmover.run.Connection;

/** Detects again and again over one connection; to be run in a JVM of its own. */
public final class DetectionClient {
  /** From the first statement to the findings, one figure per run. */
  public static final String MILLIS = "millis";

  /** Megabytes: the most that a collection left behind. */
  public static final String PEAK = "peak";

  /** Megabytes: what the JVM holds when all is done, the findings included. */
  public static final String KEPT = "kept";

  private static final double MEGABYTE = 1 << 20;

  private DetectionClient() {}

  /** The URL, and how often. */
  public static void main(String... args) {
    AtomicLong peak = Heap.peakAfterCollections();
    try (Connection connection =
        Connection.open(
            ConnectionOptions.of(args[0]), ThisProcess.shared().with(CrateSim::start))) {
      Analysis found = null;
      for (int run = 0; run < Integer.parseInt(args[1]); run++) {
        found = null;
        long started = System.nanoTime();
        found =
            Connection.await(connection.detection().analyse(Thresholds.DEFAULT, TableFilter.ALL));
        MeasuredJvm.report(MILLIS, (System.nanoTime() - started) / 1e6);
      }
      long kept = Heap.kept();
      MeasuredJvm.report("findings", found == null ? 0 : found.findings().size());
      MeasuredJvm.report(PEAK, peak.get() / MEGABYTE);
      MeasuredJvm.report(KEPT, kept / MEGABYTE);
    }
  }
}
