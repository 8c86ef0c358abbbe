package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.reset.GateVerdict;

/** A node that tells odd figures shuts the gate that needs them, and no other. */
class OneNodeWithoutDiskFiguresTest {
  private static List<GateVerdict> shut(
      IgnoredGates ignored, String relation, int row, Map<String, Object> cells) {
    var bench = new GateBench("", "");
    bench.between = cluster -> new OddCells(cluster, relation, row, cells);
    return bench.asked(ignored, Duration.ofSeconds(5)).stream()
        .filter(GateVerdict::isShut)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, -1",
    "0, 0",
    "NULL, NULL",
    "100, -1",
    "100, 200",
    "9223372036854775807, 1",
    "x, y"
  })
  void a_node_whose_disk_figures_are_none_shuts_the_disk_gate_alone(String size, String free) {
    Map<String, Object> cells = Map.of("disk_size", cell(size), "disk_available", cell(free));
    List<GateVerdict> shut = shut(IgnoredGates.NONE, "sys.nodes", 1, cells);
    assertEquals(List.of("disk"), shut.stream().map(GateVerdict::gate).toList(), shut.toString());
    assertTrue(shut.get(0).reason().startsWith("b "), shut.toString());
    assertEquals(List.of(), shut(IgnoredGates.of(List.of("disk")), "sys.nodes", 1, cells));
  }

  private static Object cell(String text) {
    return text.matches("-?\\d+") ? (Object) Long.valueOf(text) : text;
  }

  @Test
  void a_copy_that_does_not_tell_its_size_shuts_the_disk_gate_of_its_table() {
    List<GateVerdict> shut = shut(IgnoredGates.NONE, "sys.shards", 0, Map.of("size", -1L));
    assertEquals(List.of("disk"), shut.stream().map(GateVerdict::gate).toList(), shut.toString());
  }

  @Test
  void a_health_that_has_no_row_is_no_green_one() {
    var bench = new GateBench("", "");
    bench.between = cluster -> new NoRows(cluster, "sys.cluster_health");
    List<GateVerdict> verdicts = bench.asked(IgnoredGates.NONE, Duration.ofSeconds(5));
    GateVerdict health =
        verdicts.stream().filter(v -> v.gate().equals("health")).findFirst().orElseThrow();
    assertTrue(health.isShut(), health.toString());
    assertTrue(health.reason().contains("sys.cluster_health"), health.reason());
  }

  @Test
  void settings_that_have_no_row_are_told_in_words() {
    var bench = new GateBench("", "");
    bench.between = cluster -> new NoRows(cluster, "sys.cluster\n");
    String told = bench.asked(IgnoredGates.NONE, Duration.ofSeconds(5)).toString();
    assertTrue(told.contains("sys.cluster could not be read: sys.cluster answers without"), told);
  }
}
