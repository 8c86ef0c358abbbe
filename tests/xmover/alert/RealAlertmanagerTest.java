package xmover.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.environment.TestEnvironment;
import xmover.observe.DebianService;
import xmover.observe.HttpPost;
import xmover.observe.ServiceUrl;
import xmover.reset.RunEvent;
import xmover.suite.NeedsProcess;

/** What a real Alertmanager makes of our alerts. */
@NeedsProcess
class RealAlertmanagerTest {
  private static final Map<String, String> LABELS =
      Map.of("alertname", "XMoverRestoreFailed", "cluster", "an \"odd\" {name}\\, €");

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private DebianService service;
  private Alertmanager alertmanager;

  @BeforeEach
  void start() throws Exception {
    service = DebianService.alertmanager(folder);
    alertmanager =
        new Alertmanager(
            new HttpPost(vertx, TestEnvironment.realTime(vertx), Optional.empty(), warnings::add),
            ServiceUrl.of(service.url()));
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await();
    if (service != null) {
      service.close();
    }
  }

  private JsonNode firing() throws Exception {
    return new ObjectMapper()
        .readTree(
            DebianService.run(
                DebianService.installed("amtool"),
                "--alertmanager.url=" + service.url(),
                "alert",
                "query",
                "--output=json"));
  }

  @Test
  void an_alert_fires_until_another_run_resolves_it() throws Exception {
    Instant now = Instant.now();
    alertmanager.post(Alert.raised(LABELS, Map.of("run_id", "run-1", "summary", "s"), now));
    alertmanager.sent().await();
    assertEquals(List.of(), warnings);
    JsonNode alert = firing().path(0);
    assertEquals(LABELS.get("cluster"), alert.path("labels").path("cluster").asText());
    assertEquals("run-1", alert.path("annotations").path("run_id").asText());
    Duration lasting =
        Duration.between(Instant.now(), Instant.parse(alert.path("endsAt").asText()));
    assertTrue(lasting.toHours() >= 25, "it must last until the run of the next day: " + lasting);

    alertmanager.post(Alert.resolved(LABELS, Map.of("run_id", "run-2"), Instant.now()));
    alertmanager.sent().await();
    assertEquals(0, firing().size(), firing().toString());
  }

  @Test
  void what_never_fired_may_be_resolved() throws Exception {
    alertmanager.post(Alert.resolved(LABELS, Map.of("run_id", "run-2"), Instant.now()));
    alertmanager.sent().await();
    assertEquals(List.of(), warnings);
    assertEquals(0, firing().size());
  }

  @Test
  void what_prometheus_tells_of_the_same_by_its_rules_is_the_same_alert() throws Exception {
    var alerts =
        new Alerts(
            "run-1",
            "db1",
            TestEnvironment.realTime(vertx),
            alertmanager::post,
            alertmanager::sent);
    alerts.on(new RunEvent.RunFailed(new IllegalStateException("it can't be looked at"), 4));
    alerts.close().await();
    Map<String, String> ruled =
        Map.of("alertname", "XMoverRestoreFailed", "severity", "critical", "cluster", "db1");
    Instant now = Instant.now();
    alertmanager.post(
        new Alert(ruled, Map.of("summary", "by the rule"), now, now.plusSeconds(240)));
    alertmanager.sent().await();
    JsonNode alert = firing().path(0);
    assertEquals(1, firing().size(), firing().toString());
    assertEquals("by the rule", alert.at("/annotations/summary").asText());
    Duration lasting =
        Duration.between(Instant.now(), Instant.parse(alert.path("endsAt").asText()));
    assertTrue(lasting.toHours() >= 25, "what the run said lasts: " + lasting);
  }
}
