package xmover.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What the heap of this JVM holds, in bytes. */
public final class Heap {
  private static final Set<String> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private Heap() {}

  /** What is left after a full collection. */
  public static long kept() {
    // References that a first collection only puts in line are gone after the second.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** From now on the most that any collection left behind. */
  static AtomicLong peakAfterCollections() {
    var peak = new AtomicLong();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, nothing) ->
                  peak.accumulateAndGet(
                      left((CompositeData) notification.getUserData()), Math::max),
              null,
              null);
    }
    return peak;
  }

  private static long left(CompositeData collection) {
    Map<String, MemoryUsage> pools =
        GarbageCollectionNotificationInfo.from(collection).getGcInfo().getMemoryUsageAfterGc();
    return pools.entrySet().stream()
        .filter(pool -> POOLS.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
