package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import xmover.suite.NeedsProcess;

/** The alert rules under {@code config/prometheus}. */
class PrometheusRulesTest {
  @Test
  @NeedsProcess
  void promtool_accepts_the_rules() throws Exception {
    Promtool.accepts("check", "rules", Config.FOLDER.resolve("prometheus/xmover-rules.yml"));
  }

  @Test
  @NeedsProcess
  void the_rules_pass_their_own_tests() throws Exception {
    Promtool.accepts("test", "rules", Config.FOLDER.resolve("prometheus/xmover-rules-test.yml"));
  }

  @Test
  void the_rules_ask_for_metrics_that_xmover_has() throws IOException {
    for (JsonNode rule : rules()) {
      Set<String> names = MetricNames.in(rule.path("expr").asText());
      assertTrue(!names.isEmpty() && MetricNames.all().containsAll(names), () -> rule + "" + names);
    }
  }

  @Test
  void the_rules_ask_for_labels_that_these_metrics_have() throws IOException {
    for (JsonNode rule : rules()) {
      MetricNames.assertAsksForKnownLabels(rule.path("expr").asText());
    }
  }

  @Test
  void every_alert_says_how_bad_it_is_and_what_to_do() throws IOException {
    for (JsonNode rule : rules()) {
      String severity = rule.at("/labels/severity").asText();
      assertTrue(Set.of("critical", "warning", "info").contains(severity), rule::toString);
      for (String annotation : List.of("summary", "description", "action")) {
        assertTrue(rule.path("annotations").hasNonNull(annotation), rule::toString);
      }
    }
  }

  @Test
  void every_alert_is_seen_both_firing_and_silent() throws IOException {
    var alerts = new TreeSet<String>();
    rules().forEach(rule -> alerts.add(rule.path("alert").asText()));
    var fires = new TreeSet<String>();
    var silent = new TreeSet<String>();
    for (JsonNode test : Config.yaml("prometheus/xmover-rules-test.yml").path("tests")) {
      for (JsonNode moment : test.path("alert_rule_test")) {
        (moment.path("exp_alerts").isEmpty() ? silent : fires)
            .add(moment.path("alertname").asText());
      }
    }
    assertEquals(alerts, fires);
    assertEquals(alerts, silent);
  }

  @Test
  void every_rule_is_by_cluster() throws IOException {
    for (JsonNode rule : rules()) {
      String expr = rule.path("expr").asText();
      assertTrue(expr.startsWith("absent(") || expr.contains("by (cluster)"), expr);
      assertFalse(expr.contains("without"), expr);
    }
  }

  @Test
  void the_operator_gets_the_same_rules() throws IOException {
    JsonNode manifest = Config.yaml("prometheus/prometheusrule.yaml");
    assertEquals("PrometheusRule", manifest.path("kind").asText());
    assertEquals(
        Config.yaml("prometheus/xmover-rules.yml").path("groups"), manifest.at("/spec/groups"));
  }

  @Test
  void the_operator_scrapes_the_port_and_shows_the_token_that_the_emergency_has()
      throws IOException {
    JsonNode spec = Config.yaml("prometheus/podmonitor.yaml").path("spec");
    Workload emergency = Workload.all().toList().get(1);
    var labels = emergency.job().getTemplate().getMetadata().getLabels();
    JsonNode wanted = spec.at("/selector/matchLabels");
    wanted
        .fieldNames()
        .forEachRemaining(name -> assertEquals(wanted.path(name).asText(), labels.get(name)));
    JsonNode endpoint = spec.at("/podMetricsEndpoints/0");
    assertEquals(emergency.container().getPorts().get(0).getName(), endpoint.path("port").asText());
    assertEquals("/metrics", endpoint.path("path").asText());
    JsonNode shown = endpoint.at("/authorization/credentials");
    assertTrue(
        emergency.container().getEnv().stream()
            .map(variable -> variable.getValueFrom().getSecretKeyRef())
            .anyMatch(
                key ->
                    key.getName().equals(shown.path("name").asText())
                        && key.getKey().equals(shown.path("key").asText())));
  }

  private static List<JsonNode> rules() throws IOException {
    var rules = new ArrayList<JsonNode>();
    for (JsonNode group : Config.yaml("prometheus/xmover-rules.yml").path("groups")) {
      group.path("rules").forEach(rules::add);
    }
    return rules;
  }
}
