package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Translogs of the simulated cluster that do not commit: what shows why, and what cures them. */
class StuckTranslogTest {
  private static final String FLUSH = "OPTIMIZE TABLE metrics WITH (flush = true)";
  private static final String NUMBERS =
      "SELECT seq_no_stats['local_checkpoint'] < seq_no_stats['max_seq_no'],"
          + " seq_no_stats['global_checkpoint'] < seq_no_stats['local_checkpoint']"
          + " FROM sys.shards WHERE table_name = 'metrics' AND id = 0 ";
  private static final String BIG =
      "SELECT id FROM sys.shards WHERE translog_stats['uncommitted_size'] > 1073741824 ORDER BY id";
  private static final String TWO_REPLICAS = "\"replicas\": \"2\"";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;
  private WrittenScenario written;

  @BeforeEach
  void inTheFolder() {
    written = new WrittenScenario(folder, clock);
  }

  @Test
  void a_hole_holds_back_its_own_checkpoint_and_that_of_all() {
    var crate = metrics("\"stuck\": \"hole\"");
    assertEquals(
        List.of(List.of(false, true), List.of(true, false)),
        crate.rows(NUMBERS + "ORDER BY \"primary\" DESC"));
    crate.run(FLUSH);
    assertEquals(List.of(0, 1), crate.column(BIG));
  }

  @Test
  void an_unflushed_copy_has_all_and_a_flush_cures_it() {
    var crate = metrics("\"stuck\": \"unflushed\", \"growth\": \"10kb\"");
    assertEquals(List.of(List.of(false, false), List.of(false, false)), crate.rows(NUMBERS));
    clock.pass(Duration.ofMinutes(10));
    assertEquals(List.of(0, 1), crate.column(BIG), "nobody flushes it");
    crate.run(FLUSH);
    assertEquals(
        4L,
        crate.cell(
            "SELECT count(*) FROM sys.shards WHERE translog_stats['uncommitted_size'] = 55"));
  }

  @Test
  void a_lagging_copy_inflates_another_until_it_is_rebuilt() {
    var crate =
        written.cluster(
            WrittenScenario.metrics("\"stuck\": \"lagging\"")
                .replace("\"replicas\": \"1\"", TWO_REPLICAS));
    assertEquals(
        List.of(List.of(false, true)),
        crate.rows(NUMBERS + "AND translog_stats['uncommitted_size'] > 1073741824"));
    assertEquals(
        1,
        crate
            .rows(
                NUMBERS + "AND seq_no_stats['local_checkpoint'] <" + " seq_no_stats['max_seq_no']")
            .size());
    crate.run(FLUSH);
    assertEquals(List.of(0, 1), crate.column(BIG));
    Object behind =
        crate.cell(
            "SELECT node['name'] FROM sys.shards WHERE id = 0"
                + " AND seq_no_stats['local_checkpoint'] < seq_no_stats['max_seq_no']");
    crate.run(
        "ALTER TABLE metrics REROUTE CANCEL SHARD 0 ON '"
            + behind
            + "' WITH (allow_primary=false)");
    clock.pass(Duration.ofSeconds(3));
    crate.run(FLUSH);
    assertEquals(List.of(1), crate.column(BIG));
  }

  @Test
  void with_one_replica_what_lags_is_its_own_knowledge() {
    var crate = metrics("\"stuck\": \"lagging\"");
    assertEquals(
        List.of(List.of(false, false), List.of(false, true)),
        crate.rows(NUMBERS + "ORDER BY \"primary\" DESC"));
    crate.run(FLUSH);
    assertEquals(List.of(0, 1), crate.column(BIG));
  }

  @Test
  void a_reset_cures_a_table_and_an_incurable_one_piles_up_again_at_once() {
    var cured = metrics("\"stuck\": \"hole\"");
    reset(cured);
    assertEquals(List.of(), cured.column(BIG));
    var incurable = metrics("\"incurable\": true");
    reset(incurable);
    assertEquals(List.of("STARTED", "STARTED", "STARTED", "STARTED"), incurable.states("metrics"));
    assertEquals(List.of(0, 1), incurable.column(BIG));
    assertEquals(true, incurable.rows(NUMBERS + "AND NOT \"primary\"").get(0).get(0));
  }

  @Test
  void an_incurable_replica_may_stay_unassigned_for_good() {
    var crate = metrics("\"incurable\": \"unassigned\", \"stuck_shards\": 1");
    assertEquals(List.of("STARTED", "STARTED", "STARTED", "STARTED"), crate.states("metrics"));
    reset(crate);
    assertEquals(List.of("STARTED", "UNASSIGNED", "STARTED", "STARTED"), crate.states("metrics"));
    assertTrue(
        crate
            .column("SELECT decisions['explanations'] FROM sys.allocations")
            .toString()
            .contains("ALTER CLUSTER REROUTE RETRY FAILED"));
  }

  @Test
  void partitions_inherit_what_is_stuck_unless_they_say_otherwise() {
    var crate =
        written.cluster(
            """
            "tables": [{"name": "doc.p", "shards": 1, "replicas": "1", "documents": 100000,
              "stuck_translog": "2gb", "partitioned_by": ["m"], "partitions": [
                {"values": [1]}, {"values": [2], "stuck_translog": "0"},
                {"values": [3], "stuck_translog": "3gb"}]}]
            """);
    List<List<Object>> partitions =
        crate.rows(
            "SELECT p.\"values\"['m'], max(s.translog_stats['uncommitted_size'])"
                + " FROM information_schema.table_partitions p"
                + " JOIN sys.shards s ON s.partition_ident = p.partition_ident"
                + " GROUP BY p.\"values\"['m'] ORDER BY 1");
    assertEquals(
        List.of(List.of(1, 2L), List.of(2, 0L), List.of(3, 3L)),
        partitions.stream()
            .map(row -> List.of(row.get(0), Math.round((long) row.get(1) / 1073741824.0)))
            .toList());
  }

  @Test
  void a_copy_of_a_partition_is_rebuilt_only_where_the_partition_is_named() {
    var crate =
        written.cluster(
            """
            "tables": [{"name": "doc.p", "shards": 1, "replicas": "1", "stuck_translog": "2gb",
              "partitioned_by": ["m"], "partitions": [{"values": [1]}, {"values": [2]}]}]
            """);
    Object node =
        crate.cell(
            "SELECT s.node['name'] FROM sys.shards s JOIN information_schema.table_partitions p"
                + " ON s.partition_ident = p.partition_ident"
                + " WHERE p.\"values\"['m'] = 1 AND NOT s.\"primary\"");
    String cancel = " REROUTE CANCEL SHARD 0 ON '%s' WITH (allow_primary = false)";
    assertEquals(
        "The table \"doc.p\" is partitioned by 1 columns but the PARTITION clause contains 0"
            + " columns",
        crate.refused("ALTER TABLE doc.p" + cancel.formatted(node)).sentence());
    assertEquals(
        "Node: 'nope' could not be found",
        crate.refused("ALTER TABLE doc.p PARTITION (m = 1)" + cancel.formatted("nope")).sentence());
    crate.run("ALTER TABLE doc.p PARTITION (m = 1)" + cancel.formatted(node));
    clock.pass(Duration.ofSeconds(3));
    assertEquals(1, crate.column(BIG).size());
  }

  @Test
  void stubborn_ends_as_its_tables_are_named() {
    var crate = new SimulatedCopies(new SimulatedCluster(Scenario.load("stubborn"), clock));
    String big = BIG.replace("SELECT id", "SELECT DISTINCT table_name").replace("BY id", "BY 1");
    for (String table : List.of("curable", "incurable", "unflushed", "pairs")) {
      crate.run("OPTIMIZE TABLE " + table + " WITH (flush = true)");
    }
    assertEquals(List.of("curable", "incurable", "pairs"), crate.column(big));
    for (String table : List.of("curable", "incurable", "pairs")) {
      crate.run("ALTER TABLE " + table + " SET (number_of_replicas = 0)");
      crate.run("ALTER TABLE " + table + " SET (number_of_replicas = 1)");
    }
    clock.pass(Duration.ofSeconds(9));
    assertEquals(List.of("incurable"), crate.column(big));
  }

  private SimulatedCopies metrics(String keys) {
    return written.cluster(WrittenScenario.metrics(keys));
  }

  private void reset(SimulatedCopies crate) {
    crate.run("ALTER TABLE metrics SET (number_of_replicas = 0)");
    crate.run("ALTER TABLE metrics SET (number_of_replicas = 1)");
    clock.pass(Duration.ofMinutes(1));
  }
}
