package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation that no copy can replay, and which is not committed yet. */
class UnreplayableOperationTest {
  private static final String RETRY = "ALTER CLUSTER REROUTE RETRY FAILED";
  private static final String ZERO = "ALTER TABLE big SET (number_of_replicas = 0)";
  private static final String BACK = "ALTER TABLE big SET (number_of_replicas = 1)";

  @TempDir Path folder;
  private SickScenario big;

  @BeforeEach
  void sickAndUnreplayable() {
    big = new SickScenario(folder, SickScenario.sick(", \"unreplayable\": true"), "");
  }

  @Test
  void a_cancelled_copy_fails_five_times_and_stays_unassigned_as_in_a_real_cluster() {
    big.crate.run(SickScenario.CANCEL);
    assertUnassignedForGood();
  }

  @Test
  void after_a_flush_a_cancelled_copy_is_built_from_files() {
    big.crate.run(SickScenario.FLUSH);
    big.crate.run(SickScenario.CANCEL);
    big.pass(10);
    assertEquals(List.of("STARTED", "STARTED"), big.states());
    assertFalse(big.rows().get(1).hasHole());
    assertEquals(
        1,
        big.crate.cell(
            "SELECT recovery['files']['recovered'] FROM sys.shards"
                + " WHERE table_name = 'big' AND NOT \"primary\""));
  }

  @Test
  void a_move_fails_and_the_old_copy_stays_whether_flushed_or_not_as_in_a_real_cluster() {
    var recorded = SickRow.recorded("6.0.0-unreplayable-move-failed-safely");
    for (boolean flushed : List.of(false, true)) {
      if (flushed) {
        big.crate.run(SickScenario.FLUSH);
      }
      big.crate.run(SickScenario.MOVE);
      for (int tenth = 0; tenth < 30; tenth++) {
        assertEquals("GREEN", big.health());
        assertFalse(big.states().contains("UNASSIGNED"), "at " + tenth);
        big.pass(0.1);
      }
      assertEquals(List.of("a", "b"), big.nodes());
      assertEquals(
          recorded.stream().map(row -> row.state() + row.hasHole()).toList(),
          big.rows().stream().map(row -> row.state() + row.hasHole()).toList());
    }
  }

  @Test
  void zero_and_back_at_once_leaves_it_unassigned_for_good() {
    big.crate.run(ZERO);
    big.crate.run(BACK);
    assertUnassignedForGood();
  }

  @Test
  void zero_then_a_commit_of_the_primary_and_back_cures() {
    big.crate.run(ZERO);
    big.crate.run(SickScenario.FLUSH);
    big.crate.run(BACK);
    big.pass(3);
    assertEquals(List.of("STARTED", "STARTED"), big.states());
    assertFalse(big.rows().get(1).hasHole());
  }

  @Test
  void only_after_a_flush_a_new_try_helps() {
    big.crate.run(SickScenario.CANCEL);
    assertUnassignedForGood();
    big.crate.run(RETRY);
    assertUnassignedForGood();
    big.crate.run(SickScenario.FLUSH);
    big.crate.run(RETRY);
    big.pass(10);
    assertEquals(List.of("STARTED", "STARTED"), big.states());
    assertEquals(List.of(55L, 55L), big.uncommitted());
  }

  @Test
  void a_new_try_needs_al() {
    var crate =
        new SickScenario(
                folder,
                SickScenario.sick(""),
                ", \"users\": [{\"name\": \"ann\", \"privileges\": [{\"type\": \"DDL\", \"on\":"
                    + " \"CLUSTER\"}]}]")
            .crate;
    assertEquals("Missing 'AL' privilege for user 'ann'", crate.refused("ann", RETRY).sentence());
  }

  @Test
  void a_scenario_may_begin_with_a_copy_that_failed_too_often() {
    String failed = ", \"unsettled\": [{\"shard\": 0, \"replica\": 1, \"state\": \"FAILED\"}]";
    big = new SickScenario(folder, SickScenario.sick(", \"unreplayable\": true") + failed, "");
    assertUnassignedForGood();
    big = new SickScenario(folder, SickScenario.sick("") + failed, "");
    assertUnassignedForGood();
    big.crate.run(RETRY);
    big.pass(3);
    assertEquals(List.of("STARTED", "STARTED"), big.states(), "whatever it was, it is over");
  }

  private void assertUnassignedForGood() {
    big.pass(3600);
    var recorded = SickRow.recorded("6.0.0-unreplayable-unassigned-for-good");
    assertEquals(
        recorded.stream().map(row -> row.state() + row.hasHole()).toList(),
        big.rows().stream().map(row -> row.state() + row.hasHole()).toList());
    assertEquals(recorded.get(1), big.rows().get(1), "NULL throughout");
    String why =
        big.crate
            .column("SELECT decisions['explanations'] FROM sys.allocations WHERE NOT \"primary\"")
            .toString();
    assertTrue(why.contains("shard has exceeded the maximum number of retries [5]"), why);
    assertTrue(why.contains("failed_attempts[5]"), why);
  }
}
