package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ALTER and OPTIMIZE change in the simulated cluster, and what they refuse. */
class SimulatedAlterTest {
  private static final String PARTITIONED =
      "SELECT number_of_replicas FROM information_schema.tables WHERE table_schema = 'curvo'"
          + " UNION ALL SELECT number_of_replicas FROM information_schema.table_partitions";
  private static final String TABLE = "ALTER TABLE curvo.\"bottleFieldData\" SET ";
  private static final String SETTING =
      "SELECT number_of_replicas, settings['translog']['flush_threshold_size']"
          + " FROM information_schema.tables WHERE table_name = 'metrics'";

  private final SimulatedCopies crate =
      new SimulatedCopies(new SimulatedCluster(Scenario.load("recorded"), new SettableClock()));

  @Test
  void all_of_a_partitioned_table_changes_with_its_partitions() {
    crate.run(TABLE + "(number_of_replicas = 1)");
    assertEquals(List.of("1", "1", "1"), crate.column(PARTITIONED));
  }

  @Test
  void only_changes_nothing_but_the_default_for_new_partitions() {
    crate.run(TABLE.replace("TABLE", "TABLE ONLY") + "(number_of_replicas = 1)");
    assertEquals(List.of("1", "0-1", "0-1"), crate.column(PARTITIONED));
  }

  @Test
  void settings_are_kept_as_written_and_reset_to_their_defaults() {
    crate.run("ALTER TABLE metrics SET (number_of_replicas = '0-all')");
    crate.run("ALTER TABLE metrics SET (\"translog.flush_threshold_size\" = '1mb')");
    assertEquals(List.of(List.of("0-all", 1048576L)), crate.rows(SETTING));
    crate.run("ALTER TABLE metrics RESET (number_of_replicas, \"translog.flush_threshold_size\")");
    assertEquals(List.of(List.of("0-1", 536870912L)), crate.rows(SETTING));
  }

  @Test
  void a_block_can_always_be_lifted() {
    crate.run("ALTER TABLE ro SET (\"blocks.read_only\" = false)");
    crate.run("ALTER TABLE ro SET (number_of_replicas = 0)");
    assertEquals(1L, crate.cell("SELECT count(*) FROM sys.shards WHERE table_name = 'ro'"));
  }

  @Test
  void a_refused_change_of_several_partitions_changes_none() {
    crate.run(
        "ALTER TABLE curvo.\"bottleFieldData\" PARTITION (month = 1706745600000, region = NULL)"
            + " SET (\"blocks.read_only\" = true)");
    assertEquals(4007, crate.refused(TABLE + "(number_of_replicas = 0)").code());
    assertEquals(List.of("0-1", "0-1", "0-1"), crate.column(PARTITIONED));
  }

  @Test
  void a_metadata_block_refuses_both_alter_and_optimize() {
    crate.run("ALTER TABLE zero SET (\"blocks.metadata\" = true)");
    assertEquals(4007, crate.refused("ALTER TABLE zero SET (number_of_replicas = 1)").code());
    SqlError error = crate.refused("OPTIMIZE TABLE zero");
    assertEquals(403, error.httpStatus());
    assertEquals(
        "ClusterBlockException[blocked by: [RELATION_DDL_ONLY/9/index metadata (api)];]",
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metrics | number_of_replicas = -1     | Failed to parse value [-1] for setting"
            + " [number_of_replicas] must be >= 0",
        "metrics | number_of_replicas = '1.5'  | The \"number_of_replicas\" range \"1.5\" isn't"
            + " valid",
        "metrics | number_of_replicas = NULL   | Cannot set NULL to property number_of_replicas.",
        "metrics | nope = 1                    | Invalid property \"nope\" passed to [ALTER {or}"
            + " CREATE] TABLE statement",
        "metrics | \"translog.flush_threshold_size\" = '1b' | failed to parse value [1b] for"
            + " setting [index.translog.flush_threshold_size], must be >= [56b]",
        "wfas    | number_of_replicas = '0-1'  | invalid index.write.wait_for_active_shards[2]:"
            + " cannot be greater than number of shard copies [1]"
      })
  void what_is_no_setting_is_refused(String table, String assignment, String problem) {
    SqlError error = crate.refused("ALTER TABLE " + table + " SET (" + assignment + ")");
    assertEquals("SQLParseException[" + problem.replace("{or}", "|") + "]", error.getMessage());
  }
}
