package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sick copy that is moved by hand: what is seen on the way, and how it is afterwards. */
class MovedCopyTest {
  private static final String ROUTES =
      "SELECT \"primary\", routing_state, relocating_node IS NULL, node['name'] FROM sys.shards"
          + " WHERE table_name = 'big' ORDER BY \"primary\" DESC";

  @TempDir Path folder;

  @Test
  void it_is_complete_afterwards_and_a_flush_empties_both_translogs_as_in_a_real_cluster() {
    var big = big("");
    assertEquals(numbers("6.0.0-one-gigabyte-before-move"), numbers(big.rows()));
    big.crate.run(SickScenario.MOVE);
    big.pass(1.5);
    assertEquals(numbers("6.0.0-one-gigabyte-moved-not-yet-flushed"), numbers(big.rows()));
    assertEquals(57_601L, big.rows().get(1).waiting(), "all that its primary keeps");
    big.crate.run(SickScenario.FLUSH);
    assertEquals(numbers("6.0.0-one-gigabyte-moved-and-flushed"), numbers(big.rows()));
    assertEquals(List.of(55L, 55L), big.uncommitted());
  }

  @Test
  void only_the_old_copy_is_shown_until_for_a_moment_it_looks_unassigned() {
    var big = big("");
    big.crate.run(SickScenario.MOVE);
    for (int tenth = 0; tenth < 14; tenth++) {
      assertEquals(
          List.of(List.of(true, "STARTED", true, "a"), List.of(false, "RELOCATING", false, "b")),
          big.crate.rows(ROUTES));
      assertEquals("GREEN", big.health());
      big.pass(0.1);
    }
    assertEquals(
        List.of(
            List.of(true, "STARTED", true, "a"), Arrays.asList(false, "UNASSIGNED", true, null)),
        big.crate.rows(ROUTES));
    assertEquals("GREEN", big.health(), "the old copy still serves");
    big.pass(0.1);
    assertEquals(
        List.of(List.of(true, "STARTED", true, "a"), List.of(false, "STARTED", true, "c")),
        big.crate.rows(ROUTES));
  }

  @Test
  void the_old_node_keeps_a_lease_until_the_next_sync() {
    var big = big("");
    big.crate.run(SickScenario.MOVE);
    assertEquals(List.of(3), big.crate.leases("big"));
    big.pass(1.5);
    assertEquals(List.of(3), big.crate.leases("big"));
    big.crate.run(SickScenario.FLUSH);
    assertEquals(List.of(2), big.crate.leases("big"));
  }

  @Test
  void neither_disabled_allocation_nor_a_limit_of_recoveries_holds_it_back() {
    var big = big("");
    big.crate.run("SET GLOBAL TRANSIENT \"cluster.routing.allocation.enable\" = 'none'");
    big.crate.run(
        "SET GLOBAL TRANSIENT \"cluster.routing.allocation.node_concurrent_recoveries\" = 1");
    big.crate.run(SickScenario.MOVE);
    big.pass(1.5);
    assertEquals(List.of("a", "c"), big.nodes());
  }

  @Test
  void every_decider_tells_why_it_is_refused() {
    var big = big("");
    String refused = refused(big, "b", "a");
    assertTrue(refused.contains("since its not allowed, reason: [YES(shard has no"), refused);
    assertTrue(
        refused.contains("[NO(a copy of this shard is already allocated to this node [[big][0],"),
        refused);
    big.crate.run("SET GLOBAL TRANSIENT \"cluster.routing.allocation.exclude._name\" = 'c'");
    refused = refused(big, "b", "c");
    assertTrue(
        refused.contains(
            "[NO(node matches cluster setting [cluster.routing.allocation.exclude] filters"
                + " [_name:\"c\"])]"),
        refused);
    assertEquals(List.of("STARTED", "STARTED"), big.states());
  }

  @Test
  void what_can_not_be_found_is_refused_in_the_words_of_a_real_one() {
    var big = big("");
    assertEquals("failed to resolve [x], no matching nodes", refused(big, "x", "c"));
    assertEquals("Node: 'x' could not be found", refused(big, "b", "x"));
    assertTrue(
        refused(big, "c", "a")
            .startsWith("[move_allocation] can't move 0, failed to find it on node {c}{"));
    big.crate.run(SickScenario.MOVE);
    assertEquals(
        "[move_allocation] can't move 0, shard is not started (state = RELOCATING]",
        refused(big, "b", "c"));
  }

  @Test
  void crate_answers_by_moving_another_copy_while_rebalancing_is_on() {
    for (String rebalancing : List.of("all", "none")) {
      var big =
          new SickScenario(
              folder,
              SickScenario.sick("")
                  + "}, {\"name\": \"doc.other\", \"replicas\": \"0\", \"shards\": 3",
              ", \"relocation\": {\"probability\": 1, \"seconds\": 5}");
      big.crate.run(
          "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = '" + rebalancing + "'");
      big.crate.run(SickScenario.MOVE);
      big.pass(0.3);
      assertEquals(
          rebalancing.equals("all") ? 1L : 0L,
          big.crate.cell(
              "SELECT count(*) FROM sys.shards WHERE table_name = 'other'"
                  + " AND routing_state = 'RELOCATING'"));
    }
  }

  @Test
  void a_partition_has_to_be_named() {
    var big =
        new SickScenario(
            folder,
            SickScenario.sick("")
                + ", \"partitioned_by\": [\"p\"], \"partitions\": [{\"values\": [1]}]",
            "");
    assertEquals(
        "The table \"doc.big\" is partitioned by 1 columns but the PARTITION clause contains 0"
            + " columns",
        big.crate.refused(SickScenario.MOVE).sentence());
    big.crate.run("ALTER TABLE big PARTITION (p = 1) REROUTE MOVE SHARD 0 FROM 'b' TO 'c'");
    big.pass(1.5);
    assertEquals(List.of("a", "c"), big.nodes());
  }

  @Test
  void it_takes_as_long_as_its_bytes_where_the_scenario_says_how_fast_they_come() {
    var big = new SickScenario(folder, SickScenario.sick(""), ", \"recovery_speed\": \"32mb\"");
    big.crate.run(SickScenario.MOVE);
    big.pass(30);
    assertEquals(List.of("a", "b"), big.nodes());
    big.pass(8);
    assertEquals(List.of("a", "c"), big.nodes());
  }

  private SickScenario big(String scenario) {
    return new SickScenario(folder, SickScenario.sick(""), scenario);
  }

  private static String refused(SickScenario big, String from, String to) {
    SqlError error =
        big.crate.refused(
            "ALTER TABLE big REROUTE MOVE SHARD 0 FROM '%s' TO '%s'".formatted(from, to));
    assertEquals(400, error.httpStatus());
    return error.sentence();
  }

  private static List<List<Long>> numbers(String recorded) {
    return numbers(SickRow.recorded(recorded));
  }

  private static List<List<Long>> numbers(List<SickRow> rows) {
    return rows.stream().map(row -> List.of(row.max(), row.local(), row.global())).toList();
  }
}
