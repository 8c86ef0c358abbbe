package xmover.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import cratesim.faults.Fault.Disruption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cli.WiredCluster;
import xmover.cluster.connection.ConnectionOptions;
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
import xmover.reset.machine.RunIdentity;

/** The connection of a restore was made when it was needed, and then none could be made. */
class NoWayHomeTest {
  private static final RunIdentity RUN = new RunIdentity("r", "ops", "here", Instant.EPOCH);
  private static final ResetPolicy POLICY =
      new ResetPolicy(Duration.ofMinutes(12), Optional.empty(), Backoff.Ladder.HANDBOOK, true);
  private static final RunLimits LIMITS =
      new RunLimits(1, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);

  @TempDir private Path folder;

  private WiredCluster cluster() throws Exception {
    return new WiredCluster(
        folder,
        "",
        """
        {"name": "doc.t", "shards": 2, "replicas": "2", "stuck_translog": "9gb"}\
        """);
  }

  private static RunReport reset(String url, RunListener... listeners) {
    try (Connection connection = Connection.open(ConnectionOptions.of(url), ThisProcess.shared())) {
      var analysis =
          Connection.await(connection.detection().analyse(Thresholds.DEFAULT, TableFilter.ALL));
      return Connection.await(
          UnguardedRun.reset(
              connection,
              List.of(listeners),
              RUN,
              analysis.cluster(),
              analysis.toReset(),
              POLICY,
              LIMITS,
              Journal.NONE));
    }
  }

  @Test
  void a_connection_for_the_restore_is_used_before_the_first_table_goes_to_0() throws Exception {
    try (var crate = cluster()) {
      assertEquals(1, reset(crate.pg()).completed());
      List<String> sent = crate.log.matching("^SELECT 1$|= '0'\\)");
      assertEquals("SELECT 1", sent.get(0), sent.toString());
      assertTrue(sent.get(1).contains("= '0')"), sent.toString());
    }
  }

  @Test
  void without_one_no_table_is_begun() throws Exception {
    try (var crate = cluster()) {
      crate.faults.set(Fault.on("^SELECT 1$", Disruption.CLOSE_BEFORE_EXECUTING));
      assertEquals(1, reset(crate.pg()).failed());
      assertEquals(List.of(), crate.log.matching("^ALTER"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void new_connections_refused_after_the_alter_cost_no_time(boolean pg) throws Exception {
    try (var crate = cluster()) {
      RunListener refusing =
          event -> {
            if (event instanceof RunEvent.Answered ok && ok.statement().text().contains("= '0')")) {
              crate.faults.set(Fault.refuseConnections());
            }
          };
      long began = System.nanoTime();
      assertEquals(1, reset(pg ? crate.pg() : crate.http(), refusing).completed());
      assertTrue(System.nanoTime() - began < 20e9, "it took long");
      assertEquals(1, crate.log.matching("= '2'\\)").size());
    }
  }
}
