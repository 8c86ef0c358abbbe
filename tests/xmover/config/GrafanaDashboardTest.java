package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.suite.NeedsProcess;

/** The dashboard under {@code config/grafana}. */
class GrafanaDashboardTest {
  @Test
  void it_shows_every_metric_that_xmover_has_and_no_other() throws IOException {
    var shown = new TreeSet<String>();
    for (String query : queries()) {
      shown.addAll(MetricNames.in(query));
    }
    assertEquals(MetricNames.all(), shown);
  }

  @Test
  void it_asks_for_labels_that_these_metrics_have() throws IOException {
    for (String query : queries()) {
      MetricNames.assertAsksForKnownLabels(query);
    }
  }

  @Test
  @NeedsProcess
  void its_queries_are_promql(@TempDir Path folder) throws Exception {
    var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    for (String query : queries()) {
      String typed = query.replaceAll("\\$(job|cluster)", ".*").replace("'", "''");
      rules.append("      - record: query\n        expr: '").append(typed).append("'\n");
      // Two rules alike would be told as duplicates.
      rules.append("        labels: {query: '").append(rules.length()).append("'}\n");
    }
    Promtool.accepts("check", "rules", Files.writeString(folder.resolve("rules.yml"), rules));
  }

  @Test
  void no_cluster_hides_another() throws IOException {
    for (String query : queries()) {
      assertTrue(query.contains("cluster=~\"$cluster\""), query);
      assertEquals(
          query.split("by \\(cluster").length, query.split("(max|min|sum) ").length, query);
    }
    assertEquals("cluster", dashboard().at("/templating/list/2/name").asText());
  }

  @Test
  void a_run_that_was_stopped_in_order_does_not_hide_exit_code_4() throws IOException {
    String query = dashboard().at("/panels/0/targets/0/expr").asText();
    assertTrue(query.matches("max by \\(cluster\\) \\(\\w+\\{[^}]*} == 4\\) or .*"), query);
  }

  @Test
  void whoever_imports_it_chooses_the_prometheus() throws IOException {
    for (JsonNode panel : dashboard().path("panels")) {
      assertEquals("${datasource}", panel.at("/datasource/uid").asText());
      for (JsonNode target : panel.path("targets")) {
        assertEquals("${datasource}", target.at("/datasource/uid").asText());
      }
    }
    assertEquals("datasource", dashboard().at("/templating/list/0/type").asText());
  }

  @Test
  void its_panels_have_a_number_and_a_place_of_their_own() throws IOException {
    var numbers = new HashSet<Integer>();
    var places = new HashSet<String>();
    for (JsonNode panel : dashboard().path("panels")) {
      int number = panel.path("id").asInt();
      assertTrue(numbers.add(number), () -> panel.path("title") + ": id " + number + " is taken");
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertTrue(right <= 24, panel::toString);
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = x + "," + (place.path("y").asInt() + y);
          assertTrue(places.add(cell), () -> panel.path("title") + " overlaps at " + cell);
        }
      }
    }
    assertFalse(numbers.isEmpty());
  }

  private static List<String> queries() throws IOException {
    var queries = new ArrayList<String>();
    for (JsonNode panel : dashboard().path("panels")) {
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
    }
    return queries;
  }

  private static JsonNode dashboard() throws IOException {
    return Config.json("grafana/xmover.json");
  }
}
