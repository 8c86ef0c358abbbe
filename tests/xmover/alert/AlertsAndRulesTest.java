package xmover.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import xmover.Repository;
import xmover.environment.SteppedTimers;
import xmover.reset.RunEvent;
import xmover.reset.TestJobs;

/** Alerts that runs send meet those that Prometheus raises by its rules. */
class AlertsAndRulesTest {
  private static final String TESTS = "config/prometheus/xmover-rules-test.yml";

  private final SteppedTimers timers = new SteppedTimers();

  /** What promtool proves that the rules tell, as labels. */
  private static Set<Map<String, String>> ruled() throws IOException {
    Set<Map<String, String>> ruled = new HashSet<>();
    JsonNode tests = new YAMLMapper().readTree(Repository.root().resolve(TESTS).toFile());
    for (JsonNode test : tests.path("tests")) {
      for (JsonNode moment : test.path("alert_rule_test")) {
        for (JsonNode alert : moment.path("exp_alerts")) {
          Map<String, String> labels = new HashMap<>();
          labels.put("alertname", moment.path("alertname").asText());
          alert
              .path("exp_labels")
              .properties()
              .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
          ruled.add(labels);
        }
      }
    }
    return ruled;
  }

  private Set<Map<String, String>> sent() {
    Set<Map<String, String>> sent = new HashSet<>();
    var alerts =
        new Alerts(
            "run-1",
            "db1",
            timers,
            alert -> sent.add(Map.copyOf(alert.labels())),
            Future::succeededFuture);
    alerts.on(new RunEvent.Transition(TestJobs.detected(timers), TestJobs.atZero(timers)));
    timers.advance(Duration.ofMinutes(13));
    alerts.on(new RunEvent.Transition(TestJobs.atZero(timers), TestJobs.unrestored(timers)));
    alerts.on(new RunEvent.RunFailed(new IllegalStateException("no connection"), 1));
    return sent;
  }

  @Test
  void each_alert_that_a_run_sends_has_the_name_and_the_labels_of_its_rule() throws IOException {
    Set<Map<String, String>> sent = sent();
    assertEquals(3, sent.size(), sent.toString());
    for (Map<String, String> labels : sent) {
      assertEquals(
          Set.of(labels),
          Set.copyOf(
              ruled().stream()
                  .filter(r -> r.get("alertname").equals(labels.get("alertname")))
                  .filter(r -> r.get("cluster").equals("db1"))
                  .toList()));
    }
  }
}
