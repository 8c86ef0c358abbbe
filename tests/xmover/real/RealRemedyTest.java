package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cli.LoggedEvents;
import xmover.cluster.connection.Transport;

/**
 * A table of a real CrateDB is made really sick: its replicas miss an operation. Each remedy heals
 * it, and its settings are as they were.
 */
@NeedsCrateDb
class RealRemedyTest {
  private static final int SHARDS = 2;

  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();
  private final SickTable table = new SickTable(cluster, SHARDS);

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
    table.createSick(replicas);
    LoggedEvents logged = heal(transport, remedy);
    assertEquals(Map.of(table.ref().toString(), result), logged.byTable("result", "result"));
    assertEquals(0, altersOfReplicas(logged));
    table.assertHealed(replicas);
  }

  @Test
  void a_reset_heals_it_too_and_restores_the_setting() throws Exception {
    table.createSick("0-1");
    LoggedEvents logged = heal(Transport.POSTGRESQL, "reset");
    assertEquals(Map.of(table.ref().toString(), "completed"), logged.byTable("result", "result"));
    assertEquals(2, altersOfReplicas(logged));
    table.assertHealed("0-1");
  }

  @Test
  void below_the_thresholds_sick_copies_are_early_and_moved_only_when_asked_for() throws Exception {
    table.createSick("1");
    var analysis =
        RealOperator.types(home, cluster, Transport.HTTP, "detect --table " + table.ref());
    assertTrue(analysis.out().contains("below the thresholds: " + SHARDS), analysis.out());
    assertEquals(List.of(), heal(Transport.HTTP, "auto", "512").named("result"));
    assertEquals(SHARDS, table.holes());
    LoggedEvents logged = heal(Transport.HTTP, "auto --early", "512");
    assertEquals(Map.of(table.ref().toString(), "moved"), logged.byTable("result", "result"));
    assertEquals(0, altersOfReplicas(logged));
    table.assertHealed("1");
  }

  @Test
  void a_table_that_misses_nothing_is_flushed_and_no_copy_is_dropped() throws Exception {
    table.create("1");
    table.load();
    LoggedEvents logged = heal(Transport.HTTP, "auto");
    assertEquals(Map.of(table.ref().toString(), "flushed"), logged.byTable("result", "result"));
    assertEquals(0, altersOfReplicas(logged));
    table.assertHealed("1");
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
                + " --table "
                + table.ref()
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
}
