package xmover.benchmark;

import java.util.List;
import xmover.Toolkit;
import xmover.table.TableRef;

/** Looks at a cluster again and again, as {@code monitor} does; to be run in a JVM of its own. */
public final class WatchClient {
  /** Megabytes that a full collection left after some of the looks. */
  public static final String KEPT = "kept";

  private static final double MEGABYTE = 1024.0 * 1024;

  private WatchClient() {}

  /** The URL, how many looks, after how many to measure, and how many tables by name; 0: all. */
  public static void main(String... args) {
    int looks = Integer.parseInt(args[1]);
    int pause = Integer.parseInt(args[2]);
    int named = Integer.parseInt(args[3]);
    try (Toolkit xmover = Toolkit.connect(args[0])) {
      List<TableRef> tables = named == 0 ? List.of() : xmover.detect().tables().subList(0, named);
      for (int look = 1; look <= looks; look++) {
        if (named == 0) {
          xmover.detect();
        } else {
          xmover.copies(tables);
        }
        if (look % pause == 0) {
          MeasuredJvm.report(KEPT, Heap.kept() / MEGABYTE);
        }
      }
    }
  }
}
