package xmover.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import xmover.cluster.connection.ConnectionOptions;
import xmover.detect.Analysis;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.ThisProcess;
import xmover.reset.Journal;
import xmover.reset.RunEvent;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.ResetPolicy;
import xmover.run.Connection;
import xmover.run.UnguardedRun;

/** Resets all problematic tables of a cluster, as a run does; to be run in a JVM of its own. */
public final class ResetClient {
  /** Seconds that the run took. */
  public static final String WALL = "wall";

  /** Tables that completed. */
  public static final String COMPLETED = "completed";

  /** Milliseconds of CPU that this process spent on each table that completed. */
  public static final String CPU_PER_TABLE = "cpu-per-table";

  /** Milliseconds by which the event loop was late at worst. */
  public static final String LATE = "late";

  /** Milliseconds that the event loop computed at a stretch. */
  public static final String CPU = "cpu";

  /** Milliseconds by which a thread was late that had nothing else to do. */
  public static final String IDLE = "idle";

  private ResetClient() {}

  /** The URL, how many tables at once, and the milliseconds between two looks. */
  public static void main(String... args) {
    try (Connection connection =
        Connection.open(ConnectionOptions.of(args[0]), ThisProcess.shared())) {
      Analysis analysis =
          Connection.await(connection.detection().analyse(Thresholds.DEFAULT, TableFilter.ALL));
      var delays = new LoopDelays();
      var limits =
          new RunLimits(
              Integer.parseInt(args[1]), Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
      var backoff = new Backoff.Ladder(List.of(Duration.ofMillis(Long.parseLong(args[2]))));
      var policy = new ResetPolicy(Duration.ofMinutes(12), Optional.empty(), backoff, false);
      var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      long cpu = process.getProcessCpuTime();
      long started = System.nanoTime();
      RunReport report =
          Connection.await(
              UnguardedRun.reset(
                  connection,
                  List.of(new FirstTransition(delays)),
                  Waits.RUN,
                  analysis.cluster(),
                  analysis.toReset(),
                  policy,
                  limits,
                  Journal.NONE));
      MeasuredJvm.report(WALL, (System.nanoTime() - started) / 1e9);
      MeasuredJvm.report(
          CPU_PER_TABLE, (process.getProcessCpuTime() - cpu) / 1e6 / report.completed());
      MeasuredJvm.report(COMPLETED, (double) report.completed());
      MeasuredJvm.report(LATE, delays.longest());
      MeasuredJvm.report(CPU, delays.longestCpu());
      MeasuredJvm.report(IDLE, delays.longestIdle());
    }
  }

  /** Listeners are called on the event loop of the run, so the first call begins the watch. */
  private static final class FirstTransition implements RunListener {
    private final LoopDelays delays;
    private boolean watched;

    private FirstTransition(LoopDelays delays) {
      this.delays = delays;
    }

    @Override
    public void on(RunEvent event) {
      if (event instanceof RunEvent.Transition && !watched) {
        watched = true;
        delays.watch();
      }
    }
  }
}
