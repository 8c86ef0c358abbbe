package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long things take in the simulated cluster, by the rules of a real one. */
class SimulatedResetTest {
  private static final String ZERO = "ALTER TABLE metrics SET (number_of_replicas = 0)";
  private static final String SYNC =
      "OPTIMIZE TABLE metrics WITH (flush = false, max_num_segments = 10000)";
  private static final List<Object> ALL_CLEARED = List.of(1, 1, 1, 1);
  private static final List<Object> NONE_CLEARED = List.of(2, 2, 2, 2);

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;

  @Test
  void dropped_replicas_vanish_at_once_and_their_leases_stay() throws Exception {
    var crate = crate("");
    crate.run(ZERO);
    assertEquals(List.of("STARTED", "STARTED", "STARTED", "STARTED"), crate.states("metrics"));
    assertEquals(NONE_CLEARED, crate.leases("metrics"));
  }

  @Test
  void each_shard_clears_at_its_own_tick_and_all_within_the_interval() throws Exception {
    var crate = crate("");
    crate.run(ZERO);
    int steps = 0;
    while (crate.leases("metrics").equals(NONE_CLEARED)) {
      clock.pass(Duration.ofSeconds(1));
      steps++;
    }
    assertTrue(steps > 0 && steps < 30, "first tick after " + steps + " s");
    assertNotEquals(ALL_CLEARED, crate.leases("metrics"), "ticks fall together");
    clock.pass(Duration.ofSeconds(30 - steps));
    assertEquals(ALL_CLEARED, crate.leases("metrics"));
  }

  @Test
  void before_version_6_a_tick_takes_up_to_five_minutes() throws Exception {
    var crate = crate("?version=5.10.16");
    crate.run(ZERO);
    clock.pass(Duration.ofSeconds(31));
    assertNotEquals(ALL_CLEARED, crate.leases("metrics"));
    clock.pass(Duration.ofMinutes(5));
    assertEquals(ALL_CLEARED, crate.leases("metrics"));
  }

  @Test
  void optimize_clears_the_leases_at_once_and_commits_every_healthy_copy() throws Exception {
    var crate = crate("?version=5.10.16");
    crate.run(SYNC);
    assertEquals(4L, crate.cell(COMMITTED, true));
    assertEquals(4L, crate.cell(COMMITTED, false));
    crate.run(ZERO);
    crate.run(SYNC);
    assertEquals(ALL_CLEARED, crate.leases("metrics"));
  }

  @Test
  void optimize_without_flush_does_nothing_before_5_10() throws Exception {
    var crate = crate("?version=5.9.12");
    crate.run(ZERO);
    crate.run(SYNC);
    assertEquals(NONE_CLEARED, crate.leases("metrics"));
    assertEquals(0L, crate.cell(COMMITTED, true));
  }

  @Test
  void optimize_with_flush_commits_the_copies_of_every_shard_without_a_hole() throws Exception {
    var crate = new SimulatedCopies(new SimulatedCluster(Scenario.load("drill"), clock));
    crate.run("OPTIMIZE TABLE events WITH (flush = true)");
    assertEquals(
        List.of(0, 1),
        crate.column(
            "SELECT id FROM sys.shards WHERE table_name = 'events' AND NOT \"primary\""
                + " AND translog_stats['uncommitted_size'] > 1000000000 ORDER BY id"));
    assertEquals(
        2L,
        crate.cell(
            "SELECT count(*) FROM sys.shards WHERE table_name = 'events' AND id = 2"
                + " AND translog_stats['uncommitted_size'] = 55"));
  }

  @Test
  void restored_replicas_are_unassigned_without_statistics_then_recover_and_are_cured()
      throws Exception {
    var crate = crate("");
    crate.run(ZERO);
    crate.run(SYNC);
    crate.run("ALTER TABLE metrics SET (number_of_replicas = '1')");
    assertEquals("UNASSIGNED", crate.states("metrics").get(1));
    assertEquals(
        List.of(4L),
        crate.column(
            "SELECT count(*) FROM sys.shards WHERE table_name = 'metrics' AND node['name'] IS NULL"
                + " AND translog_stats IS NULL AND translog_stats['size'] IS NULL"
                + " AND retention_leases['leases'] IS NULL AND seq_no_stats IS NULL"));
    clock.pass(Duration.ofSeconds(1));
    assertEquals("INITIALIZING", crate.states("metrics").get(1));
    clock.pass(Duration.ofSeconds(1));
    assertEquals("STARTED", crate.states("metrics").get(1));
    assertEquals(4L, crate.cell(COMMITTED, false));
    assertEquals(NONE_CLEARED, crate.leases("metrics"));
  }

  @Test
  void a_relocating_primary_keeps_its_leases_until_it_has_arrived() throws Exception {
    var crate = crate("", "\"relocation\": {\"probability\": 1, \"seconds\": 40},");
    crate.run(ZERO);
    clock.pass(Duration.ofMillis(300));
    assertEquals("RELOCATING", crate.states("metrics").get(0));
    crate.run(SYNC);
    clock.pass(Duration.ofSeconds(35));
    // Where it goes to, it has one more, unless that is where the dropped replica was.
    assertEquals(List.of(2, 3, 3, 3), crate.leases("metrics"));
    clock.pass(Duration.ofSeconds(40));
    assertEquals("STARTED", crate.states("metrics").get(0));
    assertEquals(ALL_CLEARED, crate.leases("metrics"));
  }

  @Test
  void primaries_stay_where_they_are_while_rebalancing_is_off() throws Exception {
    var crate = crate("", "\"relocation\": {\"probability\": 1, \"seconds\": 40},");
    crate.run("SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none'");
    crate.run(ZERO);
    clock.pass(Duration.ofSeconds(1));
    assertEquals(List.of("STARTED", "STARTED", "STARTED", "STARTED"), crate.states("metrics"));
    crate.run("RESET GLOBAL \"cluster.routing.rebalance.enable\"");
    assertEquals(
        "all",
        crate.cell(
            "SELECT settings['cluster']['routing']['rebalance']['enable'] FROM sys.cluster"));
  }

  @Test
  void rerouting_one_copy_rebuilds_it() throws Exception {
    var crate = crate("");
    Object node =
        crate.cell(
            "SELECT node['name'] FROM sys.shards WHERE table_name = 'metrics' AND id = 2"
                + " AND NOT \"primary\"");
    crate.run("ALTER TABLE metrics REROUTE CANCEL SHARD 2 ON '" + node + "'");
    assertEquals("UNASSIGNED", crate.states("metrics").get(5));
    clock.pass(Duration.ofSeconds(2));
    assertEquals("STARTED", crate.states("metrics").get(5));
    assertEquals(1L, crate.cell(COMMITTED, false));
  }

  @Test
  void a_stuck_translog_grows_without_end_and_a_healthy_one_commits_at_its_threshold()
      throws Exception {
    var crate = new SimulatedCopies(new SimulatedCluster(Scenario.load("drill"), clock));
    String worst =
        "SELECT max(translog_stats['uncommitted_size']) FROM sys.shards WHERE table_name = $1"
            + " AND \"primary\" = $2";
    long replica = (long) crate.cell(worst, "metrics", false);
    long primary = (long) crate.cell(worst, "metrics", true);
    clock.pass(Duration.ofDays(2));
    assertTrue((long) crate.cell(worst, "users", false) <= 536870912, "committed");
    assertEquals(replica + 2 * 40 * 1024 * 86400L, crate.cell(worst, "metrics", false));
    assertEquals(primary + 2 * 40 * 1024 * 86400L, crate.cell(worst, "metrics", true));
  }

  @Test
  void a_fixed_number_of_replicas_beyond_the_limit_of_shards_is_refused() throws Exception {
    var crate = crate("", "\"settings\": {\"cluster.max_shards_per_node\": 4},");
    assertEquals(
        "SQLParseException[Validation Failed: 1: this action would add [8] total shards, but this"
            + " cluster currently has [8]/[12] maximum shards open;]",
        crate.refused("ALTER TABLE metrics SET (number_of_replicas = 3)").getMessage());
    crate.run(ZERO);
    crate.run("ALTER TABLE metrics SET (number_of_replicas = 2)");
    assertEquals(12L, crate.cell("SELECT count(*) FROM sys.shards"));
  }

  private static final String COMMITTED =
      "SELECT count(*) FROM sys.shards WHERE table_name = 'metrics' AND \"primary\" = $1"
          + " AND translog_stats['uncommitted_size'] = 55";

  private SimulatedCopies crate(String options, String... more) throws Exception {
    Path file = folder.resolve("scenario.json");
    Files.writeString(
        file,
        """
        {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], "recovery": 2, %s
         "tables": [{"name": "doc.metrics", "shards": 4, "replicas": "1", "translog": "9mb"}]}
        """
            .formatted(String.join(" ", more)));
    return new SimulatedCopies(new SimulatedCluster(Scenario.load(file + options), clock));
  }
}
