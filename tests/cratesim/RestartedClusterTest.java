package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Before its nodes have recovered a cluster answers as if there was no table. */
class RestartedClusterTest {
  private static final String USER =
      "\"users\": [{\"name\": \"joe\", \"privileges\": [{\"type\": \"DQL\", \"on\":"
          + " \"CLUSTER\"}]}]";
  private static final String HEALTH =
      "SELECT health, severity, missing_shards, description FROM sys.cluster_health";
  private static final String TABLES =
      "SELECT table_schema || '.' || table_name FROM information_schema.tables"
          + " WHERE table_schema NOT IN ('sys', 'information_schema') ORDER BY 1";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;
  private SimulatedCopies crate;

  @BeforeEach
  void restart() {
    crate = new WrittenScenario(folder, clock).cluster(WrittenScenario.METRICS, USER);
    crate.run("CREATE TABLE xmover.journal (k text PRIMARY KEY)");
    crate.run("INSERT INTO xmover.journal (k) VALUES ('entry')");
    crate.run("ALTER TABLE metrics SET (number_of_replicas = 0)");
    crate.run("SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none'");
    clock.pass(Duration.ofSeconds(1));
    crate.cluster().restart(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource({
    "sys.shards",
    "sys.health",
    "sys.allocations",
    "sys.snapshots",
    "information_schema.table_partitions"
  })
  void nothing_of_a_table_shows(String relation) {
    assertEquals(0L, crate.cell("SELECT count(*) FROM " + relation));
    assertEquals(List.of(), crate.column(TABLES));
  }

  @Test
  void the_cluster_says_who_it_is_and_that_it_is_not_ready() {
    assertEquals(
        List.of(List.of("YELLOW", 2, 0L, "state not recovered / initialized")), crate.rows(HEALTH));
    assertEquals(3L, crate.cell("SELECT count(*) FROM sys.nodes"));
    assertEquals(true, crate.cell("SELECT has_schema_privilege('doc', 'CREATE')"));
    Object id = crate.cell("SELECT id FROM sys.cluster");
    clock.pass(Duration.ofSeconds(60));
    assertEquals(id, crate.cell("SELECT id FROM sys.cluster"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE doc.metrics SET (number_of_replicas = 1)              | 404 | 4041 | 42P01",
        "ALTER TABLE doc.metrics RENAME TO m                               | 404 | 4041 | 42P01",
        "OPTIMIZE TABLE doc.metrics                                        | 404 | 4041 | 42P01",
        "SELECT * FROM xmover.journal                                      | 404 | 4045 | 3F000",
        "INSERT INTO xmover.journal (k) VALUES ('other')                   | 404 | 4045 | 3F000",
        "CREATE TABLE IF NOT EXISTS xmover.journal (k text)                | 503 | 5031 | XX000",
        "DROP TABLE IF EXISTS doc.metrics                                  | 503 | 5031 | XX000",
        "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'all' | 503 | 5031 | XX000",
        "RESET GLOBAL \"cluster.routing.rebalance.enable\"                 | 503 | 5031 | XX000"
      })
  void a_statement_fails_as_for_a_table_that_was_dropped_or_as_blocked(
      String statement, int status, int code, String sqlState) {
    SqlError error = crate.refused(statement);
    assertEquals(
        List.of(status, code, sqlState),
        List.of(error.httpStatus(), error.code(), error.sqlState()));
    if (code == 5031) {
      assertTrue(String.valueOf(error.getMessage()).contains("STATE_NOT_RECOVERED"));
    }
  }

  @Test
  void before_version_6_the_block_has_another_code_and_health_another_table() {
    var old =
        new SimulatedCopies(
            new SimulatedCluster(Scenario.load("recorded?version=5.10.16"), new SettableClock()));
    old.cluster().restart(Duration.ofSeconds(60));
    SqlError error = old.refused("CREATE TABLE x (y int)");
    assertEquals(5000, error.code());
    assertTrue(String.valueOf(error.getMessage()).contains("SERVICE_UNAVAILABLE/1/state not"));
    assertEquals(4041, old.refused(HEALTH).code());
  }

  @Test
  void only_the_superuser_can_come_in() {
    assertFalse(crate.cluster().authenticates("joe", ""));
    assertTrue(crate.cluster().authenticates("crate", ""));
    clock.pass(Duration.ofSeconds(60));
    assertTrue(crate.cluster().authenticates("joe", ""));
  }

  @Test
  void afterwards_all_is_back_but_transient_settings() {
    clock.pass(Duration.ofSeconds(60));
    assertEquals(List.of("doc.metrics", "xmover.journal"), crate.column(TABLES));
    assertEquals("entry", crate.cell("SELECT k FROM xmover.journal WHERE k = 'entry'"));
    assertEquals(List.of("STARTED", "STARTED"), crate.states("metrics"));
    assertEquals("GREEN", crate.cell(HEALTH));
    assertEquals(
        "all",
        crate.cell(
            "SELECT settings['cluster']['routing']['rebalance']['enable'] FROM sys.cluster"));
  }

  @Test
  void a_scenario_restarts_it_with_a_node_missing() {
    crate =
        new WrittenScenario(folder, clock)
            .cluster(
                WrittenScenario.METRICS,
                "\"settings\": {\"gateway.expected_data_nodes\": 3}",
                "\"events\": [{\"at\": 2, \"kill\": \"c\"}, {\"at\": 2, \"restart\": 30}]");
    clock.pass(Duration.ofSeconds(2));
    assertEquals(List.of(), crate.column(TABLES));
    assertEquals(
        List.of(List.of(3, 2L)),
        crate.rows(
            "SELECT settings['gateway']['expected_data_nodes'], (SELECT count(*) FROM sys.nodes)"
                + " FROM sys.cluster"));
    clock.pass(Duration.ofSeconds(30));
    assertEquals(List.of("doc.metrics"), crate.column(TABLES));
  }
}
