package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that no healthy server shows, where a scenario wants them. */
class OddValuesTest {
  private static final String TRANSLOG =
      "SELECT translog_stats['uncommitted_size'] FROM sys.shards WHERE id = 0"
          + " ORDER BY \"primary\" DESC";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;
  private WrittenScenario written;

  @BeforeEach
  void inTheFolder() {
    written = new WrittenScenario(folder, clock);
  }

  private static String odd(int replica, String column, Object value) {
    return WrittenScenario.metrics(
        "\"odd\": [{\"shard\": 0, \"replica\": %d, \"column\": \"%s\", \"value\": %s}]"
            .formatted(replica, column, value));
  }

  @Test
  void a_copy_shows_a_null_a_negative_or_an_absurd_number() {
    for (Object value : Arrays.asList(null, -5L, 9_000_000_000_000_000_000L)) {
      var crate = written.cluster(odd(1, "translog_stats.uncommitted_size", value));
      List<Object> shown = crate.column(TRANSLOG);
      assertEquals(String.valueOf(value), String.valueOf(shown.get(1)));
      assertTrue((long) shown.get(0) > 0, "the other copy as ever: " + shown);
      assertTrue(
          crate
              .rows("SELECT translog_stats FROM sys.shards WHERE id = 0 AND NOT \"primary\"")
              .toString()
              .contains("uncommitted_size=" + value));
    }
  }

  @Test
  void a_whole_object_may_be_missing() {
    var crate = written.cluster(odd(0, "retention_leases", null));
    assertEquals(Arrays.asList(null, 2), crate.leases("metrics"));
  }

  @Test
  void a_copy_that_is_built_in_its_place_shows_what_is_true() {
    var crate = written.cluster(odd(1, "translog_stats.uncommitted_size", -5));
    crate.run("ALTER TABLE metrics SET (number_of_replicas = 0)");
    crate.run("ALTER TABLE metrics SET (number_of_replicas = 1)");
    clock.pass(Duration.ofMinutes(1));
    assertEquals(55L, crate.column(TRANSLOG).get(1));
  }

  @Test
  void a_node_may_have_no_figures_of_its_disk() {
    var crate =
        written.cluster(
            WrittenScenario.METRICS,
            "\"disks\": {\"b\": {\"shown\": -1}, \"c\": {\"shown\": 0, \"size\": \"1tb\"}}");
    assertEquals(
        List.of(List.of("b", -1L, -1L, -1L), List.of("c", 0L, 0L, 0L)),
        crate.rows(
            "SELECT name, fs['total']['size'], fs['total']['used'], fs['total']['available']"
                + " FROM sys.nodes WHERE name <> 'a' ORDER BY 1"));
  }

  @Test
  void a_column_or_copy_that_does_not_exist_is_refused() {
    for (String keys : List.of(odd(1, "translog_stats.nope", 1), odd(7, "size", 1))) {
      var error = assertThrows(IllegalArgumentException.class, () -> written.cluster(keys));
      assertTrue(error.getMessage().startsWith("table doc.metrics has no copy"));
    }
  }
}
