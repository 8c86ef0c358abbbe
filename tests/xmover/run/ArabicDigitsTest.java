package xmover.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import xmover.cli.Operator;
import xmover.cli.WiredCluster;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.sql.PreflightSql;
import xmover.cluster.sql.Sql;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.ThisProcess;
import xmover.journal.table.ClusterJournal;
import xmover.journal.table.ClusterLock;
import xmover.reset.RunLimits;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/** In an Arabic locale {@code $1} became {@code $١}: the lock was kept, and a gate shut. */
@Isolated("it changes the locale of the JVM")
class ArabicDigitsTest {
  private static final RunIdentity RUN = new RunIdentity("r", "ops", "here", Instant.EPOCH);

  @TempDir private Path folder;
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void inEgypt() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertEquals("١", "%d".formatted(1));
  }

  @AfterEach
  void back() {
    Locale.setDefault(before);
  }

  private static void assertAscii(String text) {
    assertTrue(text.chars().noneMatch(c -> c > 127 && Character.isDigit(c)), text);
  }

  @Test
  void statements_have_digits_that_cratedb_reads() {
    var table = TableRef.of("doc", "t");
    assertAscii(Sql.cancelReplica(table, 1234567890, "n1").text());
    assertAscii(PreflightSql.statements(table, Duration.ofMillis(1234567890)).text());
  }

  @Test
  void a_run_with_lock_and_journal_in_the_cluster_does_all_it_does_elsewhere() throws Exception {
    try (var crate =
            new WiredCluster(
                folder,
                "",
                """
                {"name": "doc.t", "shards": 2, "replicas": "2", "stuck_translog": "9gb"}\
                """);
        Connection connection =
            Connection.open(ConnectionOptions.of(crate.pg()), ThisProcess.shared())) {
      var lock =
          Connection.await(
              ClusterLock.acquire(
                  connection.urgent(),
                  "xmover",
                  "lock",
                  RUN,
                  false,
                  connection.timers(),
                  told -> {}));
      var journal =
          Connection.await(
              ClusterJournal.open(connection.urgent(), "xmover", "journal", told -> {}));
      var analysis =
          Connection.await(connection.detection().analyse(Thresholds.DEFAULT, TableFilter.ALL));
      var policy =
          new ResetPolicy(Duration.ofMinutes(12), Optional.empty(), Backoff.Ladder.HANDBOOK, true);
      var limits = new RunLimits(1, 10, 10, Duration.ZERO);
      var report =
          Connection.await(
              UnguardedRun.reset(
                  connection,
                  List.of(),
                  RUN,
                  analysis.cluster(),
                  analysis.toReset(),
                  policy,
                  limits,
                  journal));
      assertEquals(1, report.completed());
      Connection.await(lock.release());
      crate.log.arrivals().forEach(arrival -> assertAscii(arrival.text()));
      assertEquals(1, crate.log.matching("^DELETE FROM .*lock").size());
    }
  }

  @Test
  void commands_write_numbers_as_everywhere() throws Exception {
    try (var drill = WiredCluster.withUsers(folder)) {
      var outcome = Operator.types("test-connection", "--connect", drill.pg());
      assertTrue(outcome.out().contains("nodes       3: "), outcome.out());
      assertAscii(outcome.out());
    }
  }
}
