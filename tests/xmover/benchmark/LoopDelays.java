package xmover.benchmark;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the event loop of a run kept others waiting, told by a timer on it that should come
 * every 5 ms. On a busy machine a thread that has nothing else to do is late too; and CPU time is
 * what no other process can add to.
 */
final class LoopDelays {
  private static final long EVERY = Duration.ofMillis(5).toNanos();
  private static final double MILLISECOND = 1e6;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long last;
  private long lastCpu;
  private volatile long longest;
  private volatile long longestCpu;
  private volatile long longestIdle;

  /** Begins; to be called on the event loop. */
  void watch() {
    last = System.nanoTime();
    lastCpu = threads.getCurrentThreadCpuTime();
    Vertx.currentContext().owner().setPeriodic(EVERY / 1_000_000, timer -> tick());
    var idle = new Thread(this::idle, "idle");
    idle.setDaemon(true);
    idle.start();
  }

  private void tick() {
    long now = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    longest = Math.max(longest, now - last - EVERY);
    longestCpu = Math.max(longestCpu, cpu - lastCpu);
    last = now;
    lastCpu = cpu;
  }

  private void idle() {
    while (true) {
      long before = System.nanoTime();
      LockSupport.parkNanos(EVERY);
      longestIdle = Math.max(longestIdle, System.nanoTime() - before - EVERY);
    }
  }

  /** Milliseconds by which the event loop was late at worst. */
  double longest() {
    return longest / MILLISECOND;
  }

  /** Milliseconds it computed in one such stretch at most. */
  double longestCpu() {
    return longestCpu / MILLISECOND;
  }

  /** Milliseconds by which the idle thread was late at worst. */
  double longestIdle() {
    return longestIdle / MILLISECOND;
  }
}
