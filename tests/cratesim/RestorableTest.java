package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps dropped replicas of the simulated cluster from coming back. */
class RestorableTest {
  private static final String ZERO = "ALTER TABLE metrics SET (number_of_replicas = 0)";
  private static final String ONE = "ALTER TABLE metrics SET (number_of_replicas = 1)";
  private static final List<String> UNASSIGNED =
      List.of("STARTED", "UNASSIGNED", "STARTED", "UNASSIGNED");
  private static final List<String> STARTED = List.of("STARTED", "STARTED", "STARTED", "STARTED");
  private static final String WATERMARK = "cluster.routing.allocation.disk.watermark.";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;
  private WrittenScenario written;

  @BeforeEach
  void inTheFolder() {
    written = new WrittenScenario(folder, clock);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "primaries", "new_primaries"})
  void replicas_stay_unassigned_while_allocation_is_not_for_all(String enable) {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            "\"settings\": {\"cluster.routing.allocation.enable\": \"" + enable + "\"}");
    assertEquals(STARTED, crate.states("metrics"));
    restore(crate);
    assertEquals(UNASSIGNED, crate.states("metrics"));
    String why = why(crate);
    assertTrue(
        why.contains("due to cluster setting [cluster.routing.allocation.enable=" + enable), why);
    crate.run("SET GLOBAL TRANSIENT \"cluster.routing.allocation.enable\" = 'all'");
    clock.pass(Duration.ofSeconds(3));
    assertEquals(STARTED, crate.states("metrics"));
  }

  @Test
  void what_a_table_sets_itself_beats_the_cluster() {
    var crate =
        written.cluster(
            WrittenScenario.metrics("\"settings\": {\"routing.allocation.enable\": \"none\"}"));
    assertEquals(STARTED, crate.states("metrics"), "set after they had started");
    restore(crate);
    assertEquals(UNASSIGNED, crate.states("metrics"));
    assertTrue(why(crate).contains("index setting [index.routing.allocation.enable=none]"));
    crate.run("SET GLOBAL TRANSIENT \"cluster.routing.allocation.enable\" = 'none'");
    crate.run("ALTER TABLE metrics SET (\"routing.allocation.enable\" = 'all')");
    clock.pass(Duration.ofSeconds(3));
    assertEquals(STARTED, crate.states("metrics"));
  }

  @Test
  void a_primary_relocates_only_where_rebalancing_and_allocation_let_it() {
    String moving = "\"relocation\": {\"probability\": 1, \"seconds\": 9}";
    for (String setting :
        List.of(
            "cluster.routing.rebalance.enable\": \"none",
            "cluster.routing.rebalance.enable\": \"replicas",
            "cluster.routing.allocation.enable\": \"none",
            "cluster.routing.allocation.enable\": \"new_primaries")) {
      assertEquals(
          List.of("STARTED", "STARTED"),
          dropped(moving, "\"settings\": {\"" + setting + "\"}"),
          setting);
    }
    assertEquals(
        List.of("RELOCATING", "RELOCATING"),
        dropped(moving, "\"settings\": {\"cluster.routing.allocation.enable\": \"primaries\"}"));
  }

  private List<Object> dropped(String... keys) {
    var crate = written.cluster(WrittenScenario.METRICS, String.join(", ", keys));
    crate.run(ZERO);
    clock.pass(Duration.ofSeconds(1));
    return crate.states("metrics");
  }

  @Test
  void nodes_show_the_disks_the_scenario_gives_them() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            "\"disk\": \"1tb\"",
            "\"disks\": {\"a\": {\"used\": \"88%\"}, \"b\": {\"size\": \"2tb\", \"used\":"
                + " \"1tb\"}}");
    var used = new ArrayList<Long>();
    for (List<Object> disk :
        crate.rows(
            "SELECT fs['total']['used'], fs['total']['size'] FROM sys.nodes"
                + " WHERE fs['total']['used'] + fs['total']['available'] = fs['total']['size']"
                + " ORDER BY name")) {
      used.add(((long) disk.get(0) + 999_999) * 100 / (long) disk.get(1));
    }
    assertEquals(List.of(88L, 50L, 0L), used);
  }

  @Test
  void dropped_replicas_free_their_bytes_and_restored_ones_take_them_again() {
    var crate = written.cluster(WrittenScenario.METRICS);
    String used = "SELECT sum(fs['total']['used']) FROM sys.nodes";
    Object before = crate.cell(used);
    crate.run(ZERO);
    assertEquals((long) before / 2, crate.cell(used));
    crate.run(ONE);
    clock.pass(Duration.ofSeconds(3));
    assertEquals(before, crate.cell(used));
  }

  @ParameterizedTest
  @CsvSource({
    "85%, 90%, 95%, 84%, above the high watermark",
    "85%, 90%, 95%, 86%, above the low watermark",
    "0.85, 0.9, 0.95, 84%, above the high watermark",
    "20gb, 16gb, 10gb, 78gb, above the high watermark",
    "20gb, 16gb, 10gb, 85gb, above the low watermark"
  })
  void a_disk_that_would_pass_a_watermark_takes_no_replica(
      String low, String high, String flood, String used, String why) {
    var crate =
        written.cluster(
            WrittenScenario.METRICS.replace("\"shards\": 2", "\"shards\": 1"),
            """
            "disk": "100gb", "settings": {"%slow": "%s", "%shigh": "%s", "%sflood_stage": "%s"},
            "disks": {"a": {"used": "%s"}, "b": {"used": "%s"}, "c": {"used": "%s"}}
            """
                .formatted(WATERMARK, low, WATERMARK, high, WATERMARK, flood, used, used, used));
    crate.run("ALTER TABLE metrics SET (number_of_replicas = 2)");
    clock.pass(Duration.ofSeconds(3));
    assertEquals(List.of("STARTED", "STARTED", "UNASSIGNED"), crate.states("metrics"));
    assertTrue(why(crate).contains(why), why(crate));
    crate.run(
        "SET GLOBAL TRANSIENT \"" + "cluster.routing.allocation.disk.threshold_enabled\" = false");
    clock.pass(Duration.ofSeconds(3));
    assertEquals(List.of("STARTED", "STARTED", "STARTED"), crate.states("metrics"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "watermark.high | 20gb | unable to consistently parse"
            + " [cluster.routing.allocation.disk.watermark.low=85%],"
            + " [cluster.routing.allocation.disk.watermark.high=20gb], and"
            + " [cluster.routing.allocation.disk.watermark.flood_stage=95%] as percentage or bytes",
        "watermark.high | 120% | failed to parse setting"
            + " [cluster.routing.allocation.disk.watermark.high] with value [120%] as a size in"
            + " bytes",
        "watermark.high | 80%  | low disk watermark [85%] more than high disk watermark [80%]"
      })
  void watermarks_that_contradict_each_other_are_refused(
      String setting, String value, String problem) {
    var crate = written.cluster(WrittenScenario.METRICS);
    assertEquals(
        problem,
        crate
            .refused(
                "SET GLOBAL \"cluster.routing.allocation.disk.%s\" = '%s'"
                    .formatted(setting, value))
            .sentence());
    assertEquals(
        "90%",
        crate.cell(
            "SELECT settings['cluster']['routing']['allocation']['disk']['watermark']['high']"
                + " FROM sys.cluster"));
  }

  @Test
  void a_restore_beyond_the_limit_of_shards_is_refused_and_a_range_never_is() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS, "\"settings\": {\"cluster.max_shards_per_node\": 1}");
    crate.run(ZERO);
    assertEquals(
        "SQLParseException[Validation Failed: 1: this action would add [2] total shards, but this"
            + " cluster currently has [2]/[3] maximum shards open;]",
        crate.refused(ONE).getMessage());
    crate.run("ALTER TABLE metrics SET (\"refresh_interval\" = 500)");
    crate.run("ALTER TABLE metrics SET (number_of_replicas = '1-all')");
    assertEquals(6L, crate.cell("SELECT count(*) FROM sys.shards"));
  }

  @Test
  void a_flood_stage_block_lets_replicas_be_changed_but_nothing_optimized() {
    var crate =
        written.cluster(
            WrittenScenario.metrics("\"settings\": {\"blocks.read_only_allow_delete\": true}"));
    crate.run(ZERO);
    SqlError error = crate.refused("OPTIMIZE TABLE metrics");
    assertEquals(4037, error.code());
    crate.run(ONE);
  }

  private void restore(SimulatedCopies crate) {
    crate.run(ZERO);
    crate.run(ONE);
    clock.pass(Duration.ofMinutes(1));
  }

  private static String why(SimulatedCopies crate) {
    return crate
        .column(
            "SELECT decisions['explanations'] FROM sys.allocations"
                + " WHERE current_state = 'UNASSIGNED'")
        .toString();
  }
}
