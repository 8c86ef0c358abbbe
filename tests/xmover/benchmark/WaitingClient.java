package xmover.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.cluster.connection.ConnectionOptions;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
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
import xmover.table.Finding;

/**
 * Holds many tables at zero replicas, then many more, and tells what those cost; to be run in a JVM
 * of its own.
 */
public final class WaitingClient {
  /** Bytes that the heap holds more, for each of the tables that came later. */
  public static final String BYTES_PER_TABLE = "bytes-per-table";

  private static final ResetPolicy POLICY =
      new ResetPolicy(
          Duration.ofHours(12),
          Optional.empty(),
          new Backoff.Ladder(List.of(Duration.ofHours(1))),
          false);

  private final Connection connection;
  private final List<Future<RunReport>> runs = new ArrayList<>();

  private WaitingClient(Connection connection) {
    this.connection = connection;
  }

  /** The URL of a cluster whose leases never clear, and how many tables come first. */
  public static void main(String... args) {
    int first = Integer.parseInt(args[1]);
    try (Connection connection =
        Connection.open(ConnectionOptions.of(args[0]), ThisProcess.shared())) {
      var client = new WaitingClient(connection);
      // The names are in the findings, so they count on both sides.
      Analysis analysis =
          Connection.await(connection.detection().analyse(Thresholds.DEFAULT, TableFilter.ALL));
      List<Finding> all = analysis.toReset();
      client.hold(analysis.cluster(), all.subList(0, first));
      long before = Heap.kept();
      client.hold(analysis.cluster(), all.subList(first, all.size()));
      double growth = Heap.kept() - before;
      if (client.runs.stream().anyMatch(Future::isComplete)) {
        throw new IllegalStateException("a run did not wait: " + client.runs);
      }
      MeasuredJvm.report(BYTES_PER_TABLE, growth / (all.size() - first));
    }
  }

  /** Returns once each of these tables waits for its leases. */
  private void hold(ClusterIdentity self, List<Finding> tables) {
    var countdown = new Countdown(tables.size());
    var limits = new RunLimits(tables.size(), tables.size(), tables.size(), Duration.ZERO);
    runs.add(
        UnguardedRun.reset(
            connection, List.of(countdown), Waits.RUN, self, tables, POLICY, limits, Journal.NONE));
    Connection.await(countdown.allWait.future());
  }

  private static final class Countdown implements RunListener {
    private final Promise<Void> allWait = Promise.promise();
    private int left;

    private Countdown(int tables) {
      left = tables;
    }

    @Override
    public void on(RunEvent event) {
      if (event instanceof RunEvent.LeasesAwaited && --left == 0) {
        allWait.complete();
      }
    }
  }
}
