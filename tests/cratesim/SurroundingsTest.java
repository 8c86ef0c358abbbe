package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scenario can set up around a table: health, snapshots, statements of others, events. */
class SurroundingsTest {
  private static final String HEALTH = "SELECT health FROM sys.cluster_health";
  private static final String TABLE_HEALTH =
      "SELECT health, missing_shards, underreplicated_shards FROM sys.health";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;
  private WrittenScenario written;

  @BeforeEach
  void inTheFolder() {
    written = new WrittenScenario(folder, clock);
  }

  @Test
  void fewer_nodes_than_expected_show_in_the_settings() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS, "\"settings\": {\"gateway.expected_data_nodes\": 4}");
    assertEquals(
        4, crate.cell("SELECT settings['gateway']['expected_data_nodes'] FROM sys.cluster"));
    assertEquals(3, crate.rows("SELECT 1 FROM sys.nodes").size());
    SqlError error = crate.refused("SET GLOBAL TRANSIENT \"gateway.expected_data_nodes\" = 3");
    assertEquals(4004, error.code());
    assertEquals(
        "Setting 'gateway.expected_data_nodes' cannot be set/reset at runtime", error.sentence());
  }

  @Test
  void a_node_leaves_and_comes_back_by_itself() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            "\"events\": [{\"at\": 5, \"kill\": \"b\"}, {\"at\": 9, \"revive\": \"b\"}]");
    assertEquals("GREEN", crate.cell(HEALTH));
    clock.pass(Duration.ofSeconds(5));
    assertEquals(List.of("a", "c"), crate.column("SELECT name FROM sys.nodes ORDER BY name"));
    assertEquals("YELLOW", crate.cell(HEALTH));
    clock.pass(Duration.ofSeconds(4));
    assertEquals(3, crate.rows("SELECT 1 FROM sys.nodes").size());
  }

  @Test
  void health_is_stale_green_for_one_statement_though_a_node_is_rejoining() throws SqlError {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            "\"events\": [{\"at\": 5, \"kill\": \"b\"}, {\"at\": 5, \"stale_health\": 1}]");
    clock.pass(Duration.ofSeconds(5));
    assertEquals(2, crate.rows("SELECT 1 FROM sys.nodes").size());
    crate.cluster().describe("crate", "SELECT (" + HEALTH + ")");
    assertEquals("GREEN", crate.cell("SELECT (" + HEALTH + ")"), "a description is no look");
    assertEquals("YELLOW", crate.cell(HEALTH));
    assertEquals(List.of(List.of("YELLOW", 0L, 1L)), crate.rows(TABLE_HEALTH));
  }

  @Test
  void a_primary_that_is_not_started_makes_its_table_red_until_it_is() {
    var crate =
        written.cluster(
            WrittenScenario.metrics(
                "\"unsettled\": [{\"shard\": 1, \"replica\": 0, \"state\": \"INITIALIZING\","
                    + " \"seconds\": 8}]"));
    assertEquals(List.of(List.of("RED", 1L, 0L)), crate.rows(TABLE_HEALTH));
    assertEquals("INITIALIZING", crate.states("metrics").get(2));
    clock.pass(Duration.ofSeconds(8));
    assertEquals("GREEN", crate.cell(HEALTH));
  }

  @Test
  void a_replica_recovers_for_as_long_as_the_scenario_says() {
    var crate =
        written.cluster(
            WrittenScenario.metrics(
                "\"unsettled\": [{\"shard\": 1, \"replica\": 1, \"state\": \"INITIALIZING\","
                    + " \"seconds\": 60}]"));
    String percent =
        "SELECT recovery['size']['percent'] FROM sys.shards WHERE id = 1 AND NOT \"primary\"";
    assertEquals("INITIALIZING", crate.states("metrics").get(3));
    assertTrue((float) crate.cell(percent) < 100);
    clock.pass(Duration.ofSeconds(59));
    assertEquals("INITIALIZING", crate.states("metrics").get(3));
    clock.pass(Duration.ofSeconds(1));
    assertEquals("STARTED", crate.states("metrics").get(3));
    assertEquals(100f, crate.cell(percent));
  }

  @Test
  void an_unassigned_replica_stays_so_and_says_why() {
    var crate =
        written.cluster(
            WrittenScenario.metrics(
                "\"unsettled\": [{\"shard\": 0, \"replica\": 1, \"state\": \"UNASSIGNED\"}]"));
    clock.pass(Duration.ofHours(1));
    assertEquals(List.of("STARTED", "UNASSIGNED", "STARTED", "STARTED"), crate.states("metrics"));
    assertEquals(
        List.of(List.of("UNASSIGNED", false)),
        crate.rows(
            "SELECT current_state, \"primary\" FROM sys.allocations"
                + " WHERE current_state <> 'STARTED'"));
    List<?> why =
        (List<?>)
            crate.cell(
                "SELECT decisions['explanations'] FROM sys.allocations"
                    + " WHERE current_state <> 'STARTED'");
    assertTrue(why.toString().contains("maximum number of retries [5]"), why.toString());
  }

  @Test
  void a_primary_relocates_at_the_start_and_when_an_event_says_so() {
    var crate =
        written.cluster(
            WrittenScenario.metrics(
                "\"unsettled\": [{\"shard\": 0, \"replica\": 0, \"state\": \"RELOCATING\","
                    + " \"seconds\": 3}]"),
            "\"events\": [{\"at\": 5, \"relocate\": \"doc.metrics\", \"shard\": 1,"
                + " \"seconds\": 4}]");
    assertEquals(List.of("RELOCATING", "STARTED", "STARTED", "STARTED"), crate.states("metrics"));
    clock.pass(Duration.ofSeconds(5));
    assertEquals(List.of("STARTED", "STARTED", "RELOCATING", "STARTED"), crate.states("metrics"));
    clock.pass(Duration.ofSeconds(4));
    assertEquals("STARTED", crate.states("metrics").get(2));
  }

  @Test
  void a_snapshot_is_in_progress_for_its_time_and_another_for_good() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            """
            "snapshots": [
              {"repository": "backup", "name": "nightly", "tables": ["doc.metrics"],
               "begins": -10, "seconds": 30},
              {"repository": "backup", "name": "later", "begins": 5}
            ]
            """);
    String running = "SELECT name FROM sys.snapshots WHERE state = 'IN_PROGRESS' ORDER BY 1";
    assertEquals(List.of("nightly"), crate.column(running));
    assertEquals(0L, crate.cell("SELECT finished FROM sys.snapshots"));
    assertEquals(List.of("doc.metrics"), crate.cell("SELECT tables FROM sys.snapshots"));
    clock.pass(Duration.ofSeconds(20));
    assertEquals(List.of("later"), crate.column(running));
    clock.pass(Duration.ofDays(9));
    assertEquals(List.of("later"), crate.column(running));
  }

  @Test
  void a_statement_of_somebody_else_runs_and_is_logged_when_it_ended() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            """
            "jobs": [{"user": "alice", "statement": "OPTIMIZE TABLE doc.metrics", "begins": 0,
                      "seconds": 20, "error": "interrupted"}]
            """);
    String others = "SELECT stmt FROM sys.jobs WHERE username <> current_user";
    String log =
        "SELECT username, error, classification['type'], ended - started FROM sys.jobs_log"
            + " WHERE stmt LIKE 'OPTIMIZE%'";
    assertEquals(List.of("OPTIMIZE TABLE doc.metrics"), crate.column(others));
    assertEquals(List.of(), crate.rows(log));
    clock.pass(Duration.ofSeconds(20));
    assertEquals(List.of(), crate.column(others));
    assertEquals(List.of(List.of("alice", "interrupted", "DDL", 20000L)), crate.rows(log));
  }

  @Test
  void statements_sent_to_the_cluster_show_among_the_jobs_too() {
    var crate = written.cluster(WrittenScenario.METRICS);
    assertEquals(List.of("SELECT stmt FROM sys.jobs"), crate.column("SELECT stmt FROM sys.jobs"));
    crate.refused("ALTER TABLE doc.nope SET (number_of_replicas = 0)");
    assertEquals(
        List.of(
            List.of("crate", "DDL", "Relation 'doc.nope' unknown"),
            List.of("crate", "SELECT", "none")),
        crate.rows(
            "SELECT username, classification['type'], coalesce(error, 'none') FROM sys.jobs_log"
                + " ORDER BY 2"));
  }

  @Test
  void who_is_no_superuser_sees_his_own_statements_only() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            """
            "users": [
              {"name": "reader", "privileges": [{"type": "DQL", "on": "SCHEMA", "ident": "sys"}]},
              {"name": "keeper", "privileges": [{"type": "DQL", "on": "SCHEMA", "ident": "sys"},
                                                {"type": "AL", "on": "CLUSTER"}]}],
            "jobs": [{"user": "alice", "statement": "OPTIMIZE TABLE doc.metrics"}]
            """);
    String users = "SELECT username FROM sys.jobs ORDER BY 1";
    assertEquals(List.of(List.of("reader")), crate.as("reader", users));
    assertEquals(List.of(List.of("alice"), List.of("keeper")), crate.as("keeper", users));
  }

  @Test
  void session_ids_of_jobs_exist_from_6_4_on() {
    var crate = written.cluster(WrittenScenario.METRICS);
    assertEquals(4043, crate.refused("SELECT session_id FROM sys.jobs").code());
    var newer = Scenario.load(folder.resolve("scenario.json") + "?version=6.4.3");
    assertTrue(
        new SimulatedCopies(new SimulatedCluster(newer, clock))
                .cell("SELECT session_id FROM sys.jobs")
            instanceof Integer);
  }

  @Test
  void another_user_changes_a_setting_at_his_time_and_is_logged() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            """
            "users": [{"name": "bob", "privileges": [{"type": "DDL", "on": "SCHEMA",
                                                      "ident": "doc"}]}],
            "events": [
              {"at": 3, "user": "bob",
               "execute": "ALTER TABLE doc.metrics SET (\\"routing.allocation.enable\\" = 'none')"},
              {"at": 4, "user": "bob", "execute": "SET GLOBAL \\"cluster.max_shards_per_node\\" = 1"}
            ]
            """);
    String enable =
        "SELECT settings['routing']['allocation']['enable'] FROM information_schema.tables"
            + " WHERE table_name = 'metrics'";
    assertEquals("all", crate.cell(enable));
    clock.pass(Duration.ofSeconds(4));
    assertEquals("none", crate.cell(enable));
    assertEquals(
        List.of("none", "Missing 'AL' privilege for user 'bob'"),
        crate.column(
            "SELECT coalesce(error, 'none') FROM sys.jobs_log WHERE username = 'bob'"
                + " ORDER BY started"));
  }

  @Test
  void a_subscriber_of_a_logical_replication_holds_leases_of_its_own() {
    var crate = written.cluster(WrittenScenario.metrics("\"subscriber\": \"SUB\""));
    List<?> sources =
        (List<?>)
            crate.cell(
                "SELECT retention_leases['leases']['source'] FROM sys.shards WHERE \"primary\"");
    assertEquals(
        List.of("logical_replication:SUB", "peer recovery", "peer recovery"),
        sources.stream().sorted().toList());
    assertNull(crate.cell("SELECT max(error) FROM sys.jobs_log"));
  }
}
