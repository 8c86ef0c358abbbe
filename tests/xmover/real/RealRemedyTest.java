package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cli.LoggedEvents;
import xmover.cluster.Transport;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.table.Bytes;
import xmover.table.SqlText;

/**
 * A table of a real CrateDB is made really sick: its replicas miss an operation. Each remedy heals
 * it, and its settings are as they were.
 */
@NeedsCrateDb
class RealRemedyTest {
  private static final String TABLE = "xmover_test_" + UUID.randomUUID().toString().substring(0, 8);
  private static final int SHARDS = 2;

  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();

  @BeforeEach
  void needsNodes() {
    assumeTrue(cluster.nodes() > 2, "a copy is moved to a third node");
  }

  @AfterEach
  void drop() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, auto, 1, moved",
    "HTTP, move, 1, moved",
    "POSTGRESQL, rebuild, 2, rebuilt",
    "HTTP, auto, 2, rebuilt",
    "HTTP, rebuild-alone, 1, rebuilt"
  })
  void sick_copies_are_built_anew_and_the_table_keeps_its_setting(
      Transport transport, String remedy, String replicas, String result) throws Exception {
    create(replicas);
    sicken();
    LoggedEvents logged = heal(transport, remedy);
    assertEquals(Map.of("doc." + TABLE, result), logged.byTable("result", "result"));
    assertEquals(0, altersOfReplicas(logged));
    assertHealed(replicas);
  }

  @Test
  void a_reset_heals_it_too_and_restores_the_setting() throws Exception {
    create("0-1");
    sicken();
    LoggedEvents logged = heal(Transport.POSTGRESQL, "reset");
    assertEquals(Map.of("doc." + TABLE, "completed"), logged.byTable("result", "result"));
    assertEquals(2, altersOfReplicas(logged));
    assertHealed("0-1");
  }

  @Test
  void below_the_thresholds_sick_copies_are_early_and_moved_only_when_asked_for() throws Exception {
    create("1");
    sicken();
    var analysis = RealOperator.types(home, cluster, Transport.HTTP, "detect --table doc." + TABLE);
    assertTrue(analysis.out().contains("below the thresholds: " + SHARDS), analysis.out());
    assertEquals(List.of(), heal(Transport.HTTP, "auto", "512").named("result"));
    assertEquals(SHARDS, holes());
    LoggedEvents logged = heal(Transport.HTTP, "auto --early", "512");
    assertEquals(Map.of("doc." + TABLE, "moved"), logged.byTable("result", "result"));
    assertEquals(0, altersOfReplicas(logged));
    assertHealed("1");
  }

  @Test
  void a_table_that_misses_nothing_is_flushed_and_no_copy_is_dropped() throws Exception {
    create("1");
    load();
    LoggedEvents logged = heal(Transport.HTTP, "auto");
    assertEquals(Map.of("doc." + TABLE, "flushed"), logged.byTable("result", "result"));
    assertEquals(0, altersOfReplicas(logged));
    assertHealed("1");
  }

  private void create(String replicas) {
    cluster.create(
        """
        CREATE TABLE doc.%s (id INT, v TEXT) CLUSTERED INTO %d SHARDS WITH (
          number_of_replicas = '%s', "soft_deletes.retention_lease.sync_interval" = '1s',
          "translog.flush_threshold_size" = '512mb')\
        """
            .formatted(TABLE, SHARDS, replicas),
        "DROP TABLE IF EXISTS doc." + TABLE);
    cluster.await("all copies STARTED", () -> count("routing_state <> 'STARTED'") == 0);
  }

  /** The primary refuses a text that long, and no replica ever hears of it. */
  private void sicken() {
    cluster.execute(
        "INSERT INTO doc.%s (SELECT g, repeat('x', 40000) FROM generate_series(1, 50) AS t (g))"
            .formatted(TABLE));
    load();
    assertEquals(count("NOT \"primary\""), holes());
  }

  private void load() {
    cluster.execute(
        "INSERT INTO doc.%s (SELECT g, repeat('x', 1000) FROM generate_series(1, 1000) AS t (g))"
            .formatted(TABLE));
    cluster.execute(
        "ALTER TABLE doc.%s SET (\"translog.flush_threshold_size\" = '100kb')".formatted(TABLE));
    cluster.await("it is problematic", this::isProblematic);
  }

  private boolean isProblematic() {
    var small = new Thresholds(new Bytes(100_000), 200);
    var filter = new TableFilter(List.of("doc"), List.of(TABLE), List.of());
    var link = cluster.open(cluster.settings(Transport.HTTP));
    return !RealCluster.get(new Detection(link).analyse(small, filter).eventually(link::close))
        .toReset()
        .isEmpty();
  }

  private long holes() {
    return count(
        "NOT \"primary\" AND seq_no_stats['local_checkpoint'] < seq_no_stats['max_seq_no']");
  }

  private long count(String which) {
    return cluster
        .execute(
            "SELECT count(*) AS n FROM sys.shards WHERE schema_name = 'doc' AND table_name = %s AND "
                    .formatted(SqlText.text(TABLE))
                + which)
        .get(0)
        .number("n");
  }

  private LoggedEvents heal(Transport transport, String remedy) {
    return heal(transport, remedy, "0.09");
  }

  private LoggedEvents heal(Transport transport, String remedy, String megabytes) {
    var outcome =
        RealOperator.types(
            home,
            cluster,
            transport,
            "problematic-translogs --autoexec --log-format json --sizeMB "
                + megabytes
                + " --table doc."
                + TABLE
                + " --remedy "
                + remedy);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    return outcome.logged();
  }

  private static long altersOfReplicas(LoggedEvents logged) throws Exception {
    return logged.named("sql_sending").stream()
        .filter(sent -> sent.path("sql").asText().contains("number_of_replicas"))
        .count();
  }

  private void assertHealed(String replicas) {
    cluster.await("all copies STARTED", () -> count("routing_state <> 'STARTED'") == 0);
    assertEquals(0, holes());
    assertEquals(
        replicas,
        cluster
            .execute(
                "SELECT number_of_replicas AS n FROM information_schema.tables WHERE table_name = "
                    + SqlText.text(TABLE))
            .get(0)
            .text("n"));
  }
}
