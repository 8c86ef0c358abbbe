package xmover.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import xmover.monitor.ClusterState;
import xmover.monitor.Looks;
import xmover.table.Verdict;

/** What a monitor measures of the cluster it looks at. */
class MonitorMetricsTest {
  private final MonitorMetrics metrics = new MonitorMetrics("db1");

  private double value(String name, String... labels) {
    return new Exposition(metrics.scrape()).value(name, labels);
  }

  private double verdicts(String verdict) {
    return value("xmover_tables_watched", "verdict", verdict);
  }

  /** A look at a monitor whose tables all have something to tell. */
  static MonitorMetrics everything() {
    var monitor = new MonitorMetrics("db1");
    monitor.saw(Looks.first().sight());
    monitor.failed();
    return monitor;
  }

  @Test
  void tables_are_counted_by_verdict_and_each_verdict_is_there_from_the_first_look() {
    assertEquals(
        OptionalDouble.empty(), new Exposition(metrics.scrape()).of("xmover_tables_watched"));
    metrics.saw(Looks.first().sight());
    assertEquals(1, verdicts("reset"));
    assertEquals(0, verdicts("refused"));
    metrics.saw(Looks.first().with(Verdict.refused("a gate")).sight());
    assertEquals(0, verdicts("reset"));
    assertEquals(1, verdicts("refused"));
    assertEquals(0, verdicts("skip"));
    assertEquals(0, verdicts("none"));
  }

  @Test
  void the_worst_translog_is_told_in_bytes_and_in_percent_of_its_threshold() {
    metrics.saw(Looks.first().sight());
    assertEquals(600 << 20, value("xmover_worst_uncommitted_bytes"));
    assertEquals(117.1875, value("xmover_worst_of_threshold_percent"));
  }

  @Test
  void where_no_table_is_left_the_worst_is_nothing() {
    metrics.saw(Looks.first().sight());
    ClusterState seen = Looks.first().sight();
    metrics.saw(
        new ClusterState(
            seen.at(),
            seen.cluster(),
            seen.note(),
            List.of(),
            List.of(),
            seen.early(),
            seen.rooms()));
    assertEquals(0, value("xmover_worst_uncommitted_bytes"));
    assertEquals(0, value("xmover_worst_of_threshold_percent"));
    assertEquals(0, verdicts("reset"));
  }

  @Test
  void looks_are_counted_and_those_that_failed_and_what_the_last_one_showed_stays() {
    assertEquals(0, value("xmover_looks_total", "result", "failed"));
    metrics.saw(Looks.first().sight());
    metrics.failed();
    metrics.failed();
    assertEquals(1, value("xmover_looks_total", "result", "answered"));
    assertEquals(2, value("xmover_looks_total", "result", "failed"));
    assertEquals(1, verdicts("reset"));
    assertTrue(metrics.scrape().contains("cluster=\"db1\""));
  }
}
