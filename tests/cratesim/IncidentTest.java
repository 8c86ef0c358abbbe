package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import cratesim.faults.FaultCatalogue;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a cluster and its tables by the faults of the list, and what mends it. */
class IncidentTest {
  private static final FaultCatalogue KNOWN = FaultCatalogue.load();
  private static final String ZERO =
      "ALTER TABLE \"doc\".\"metrics\" SET (\"number_of_replicas\" = '0')";
  private static final String SETTING =
      "SELECT table_name, number_of_replicas FROM information_schema.tables"
          + " WHERE table_schema = 'doc' ORDER BY 1";

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private SimulatedCluster cluster;

  @BeforeEach
  void start() {
    cluster =
        new SimulatedCluster(
            new WrittenScenario(folder, clock).load(WrittenScenario.METRICS, "\"lease_sync\": 1"),
            clock);
  }

  /** What mends it. */
  private Runnable happens(String fault) {
    return happens(fault, ZERO).orElseThrow();
  }

  private Optional<Runnable> happens(String fault, String statement) {
    var incident = (Fault.Incident) KNOWN.fault(fault).effect();
    return cluster.happen(incident, "crate", statement);
  }

  private List<List<Object>> rows(String sql) throws SqlError {
    return cluster.execute("crate", sql, List.of()).rows();
  }

  private void passes(double seconds) {
    clock.pass(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private long nodes() throws SqlError {
    return rows("SELECT name FROM sys.nodes").size();
  }

  private List<List<Object>> places(boolean primary) throws SqlError {
    return rows(
        "SELECT node['name'] FROM sys.shards WHERE id = 0 AND \"primary\" = %s".formatted(primary));
  }

  @Test
  void the_node_of_a_primary_or_replica_is_meant_and_the_same_one_comes_back() throws SqlError {
    var primary = places(true);
    var replica = places(false);
    Runnable back = happens("primary-node-lost");
    assertEquals(2, nodes());
    assertEquals(replica, places(true));
    back.run();
    assertEquals(3, nodes());
    assertNotEquals(primary, places(true));
  }

  @Test
  void a_node_is_back_by_itself() throws SqlError {
    happens("replica-node-lost-and-back");
    assertEquals(2, nodes());
    passes(5);
    assertEquals(3, nodes());
  }

  @Test
  void a_frozen_node_answers_no_more() {
    happens("replica-node-frozen");
    assertThrows(SqlError.class, () -> rows("SELECT id FROM sys.shards"));
  }

  @Test
  void a_table_without_replicas_is_red_when_its_primary_goes() throws SqlError {
    rows(ZERO);
    Runnable back = happens("red");
    assertEquals("RED", health());
    back.run();
    passes(5);
    assertEquals("GREEN", health());
  }

  private Object health() throws SqlError {
    return rows("SELECT health FROM sys.health WHERE table_name = 'metrics'").get(0).get(0);
  }

  @Test
  void another_node_becomes_the_master() throws SqlError {
    var before = rows("SELECT master_node FROM sys.cluster");
    happens("master-lost");
    assertNotEquals(before, rows("SELECT master_node FROM sys.cluster"));
  }

  @Test
  void leases_stay_whatever_is_done() throws SqlError {
    Runnable over = happens("leases-stay");
    rows(ZERO);
    rows("OPTIMIZE TABLE doc.metrics");
    passes(10);
    assertEquals(2, leases());
    over.run();
    rows("OPTIMIZE TABLE doc.metrics");
    assertEquals(1, leases());
  }

  private int leases() throws SqlError {
    var cell =
        rows(
            "SELECT retention_leases['leases']['source'] FROM sys.shards WHERE id = 0 AND"
                + " \"primary\"");
    return ((List<?>) cell.get(0).get(0)).size();
  }

  @Test
  void a_primary_moves_for_long() throws SqlError {
    happens("relocating");
    String moving = "SELECT id FROM sys.shards WHERE routing_state = 'RELOCATING' AND \"primary\"";
    passes(100);
    assertEquals(1, rows(moving).size());
    passes(30);
    assertEquals(0, rows(moving).size());
  }

  @Test
  void no_table_is_known_until_the_cluster_has_recovered() throws SqlError {
    happens("restarted");
    assertEquals(List.of(), rows(SETTING));
    passes(11);
    assertEquals(1, rows(SETTING).size());
  }

  @Test
  void every_node_says_another_version() throws SqlError {
    happens("upgraded");
    assertEquals(
        List.of(List.of("6.9.1")), rows("SELECT DISTINCT version['number'] FROM sys.nodes"));
  }

  @Test
  void clocks_jump_and_come_right() throws SqlError {
    long before = now();
    Runnable over = happens("clock-ahead");
    assertEquals(before + 86_400_000, now());
    over.run();
    assertEquals(before, now());
  }

  private long now() throws SqlError {
    return ((Number) rows("SELECT CURRENT_TIMESTAMP").get(0).get(0)).longValue();
  }

  @Test
  void replicas_find_no_room() throws SqlError {
    rows(ZERO);
    Runnable over = happens("no-room-for-shards");
    String restore = ZERO.replace("'0'", "'1'");
    assertThrows(SqlError.class, () -> rows(restore));
    over.run();
    happens("disks-full");
    rows(restore);
    passes(60);
    assertEquals(2, rows("SELECT id FROM sys.shards WHERE routing_state = 'UNASSIGNED'").size());
  }

  @Test
  void a_table_is_read_only_until_it_is_not() throws SqlError {
    Runnable over = happens("read-only");
    assertThrows(SqlError.class, () -> rows(ZERO));
    over.run();
    rows(ZERO);
  }

  @Test
  void a_table_is_dropped_renamed_swapped_recreated_and_closed() throws SqlError {
    happens("swapped");
    assertEquals(List.of(List.of("metrics", "1"), List.of("metrics_other", "1")), rows(SETTING));
    assertEquals(
        0L,
        rows("SELECT sum(num_docs) FROM sys.shards WHERE table_name = 'metrics'").get(0).get(0));
    happens("setting-changed");
    happens("renamed");
    assertEquals(
        List.of(List.of("metrics_other", "1"), List.of("metrics_renamed", "2")), rows(SETTING));
    String other = ZERO.replace("metrics", "metrics_other");
    happens("recreated", other);
    assertEquals(
        0L,
        rows("SELECT sum(num_docs) FROM sys.shards WHERE table_name = 'metrics_other'")
            .get(0)
            .get(0));
    Runnable open = happens("closed", other).orElseThrow();
    String closed = "SELECT closed FROM information_schema.tables WHERE table_name LIKE '%_other'";
    assertEquals(List.of(List.of(true)), rows(closed));
    open.run();
    assertEquals(List.of(List.of(false)), rows(closed));
    happens("dropped", other);
    assertEquals(List.of(List.of("metrics_renamed", "2")), rows(SETTING));
  }

  @Test
  void a_name_that_sql_has_to_quote_is_meant() throws SqlError {
    rows("CREATE TABLE \"doc\".\"Odd{name}'$1\" (id INTEGER)");
    happens("dropped", "ALTER TABLE \"doc\".\"Odd{name}'$1\" SET (number_of_replicas = '0')");
    assertEquals(1, rows(SETTING).size());
  }

  @Test
  void what_is_asked_about_a_table_means_that_table() throws SqlError {
    rows("CREATE TABLE \"doc\".\"a\" (id INTEGER)");
    happens(
        "dropped",
        "SELECT id FROM sys.shards WHERE schema_name = 'doc' AND table_name = 'metrics' AND"
            + " coalesce(partition_ident, '') = ''");
    assertEquals("a", rows(SETTING).get(0).get(0));
    assertEquals(1, rows(SETTING).size());
  }

  @Test
  void a_user_loses_privileges_and_gets_them_back() throws SqlError {
    Runnable back = happens("ddl-revoked");
    var refused = assertThrows(SqlError.class, () -> rows(ZERO));
    assertEquals(4011, refused.code());
    assertEquals(1, rows(SETTING).size());
    back.run();
    rows(ZERO);
    happens("all-revoked");
    assertEquals(List.of(), rows(SETTING));
  }

  @Test
  void a_partition_goes_alone_and_there_is_none_where_there_is_no_partition() throws SqlError {
    assertTrue(happens("partition-dropped", ZERO).isEmpty());
    cluster = new SimulatedCluster(Scenario.load("drill"), clock);
    String partitions =
        "SELECT partition_ident FROM information_schema.table_partitions WHERE table_name ="
            + " 'bottleFieldData'";
    assertEquals(3, rows(partitions).size());
    happens(
        "partition-dropped",
        "ALTER TABLE \"curvo\".\"bottleFieldData\" PARTITION (\"month\" = 1706745600000,"
            + " \"region\" = NULL) SET (\"number_of_replicas\" = '0')");
    assertEquals(2, rows(partitions).size());
    assertFalse(rows(partitions).contains(List.<Object>of("08732dpg6orj8d9m60o30c1g00")));
  }

  @Test
  void another_cluster_has_the_same_tables_and_none_of_the_ids() throws SqlError {
    var stranger = cluster.stranger().orElseThrow();
    String ids = "SELECT id FROM sys.cluster";
    assertNotEquals(rows(ids), stranger.execute("crate", ids, List.of()).rows());
    assertEquals(rows(SETTING), stranger.execute("crate", SETTING, List.of()).rows());
    String uuids = "SELECT partition_uuid FROM sys.shards";
    assertNotEquals(rows(uuids), stranger.execute("crate", uuids, List.of()).rows());
  }
}
