package xmover.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.Command;
import xmover.environment.TestEnvironment;
import xmover.observe.DebianService;
import xmover.observe.ServiceUrl;
import xmover.reset.RunEvent;
import xmover.suite.NeedsProcess;

/** What a real Prometheus, a real Pushgateway and promtool make of our metrics. */
@NeedsProcess
class RealMetricsTest {
  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void promtool_finds_nothing_to_complain_about() throws Exception {
    isCheckedByPromtool(MeasuredRun.everything().text());
  }

  @Test
  void nor_does_it_in_those_of_a_monitor() throws Exception {
    isCheckedByPromtool(MonitorMetricsTest.everything().scrape());
  }

  private void isCheckedByPromtool(String metrics) throws Exception {
    String promtool = DebianService.installed("promtool");
    Path text = Files.writeString(folder.resolve("text"), metrics);
    var outcome = Command.of(Path.of("/bin/sh"), "-c", promtool + " check metrics < " + text).run();
    assertEquals("", outcome.out() + outcome.err());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void a_prometheus_scrapes_a_run_and_answers_what_is_asked() throws Exception {
    DebianService.installed("prometheus");
    var measured = new MeasuredRun(vertx, warnings::add);
    measured.begins("doc.t", "doc.u");
    measured.heals("doc.t");
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .response()
                        .putHeader("Content-Type", PrometheusMetrics.CONTENT_TYPE)
                        .end(measured.metrics.scrape()))
            .listen(0, "127.0.0.1")
            .await();
    try (var prometheus = DebianService.prometheus(folder, "127.0.0.1:" + server.actualPort())) {
      assertEquals("2", answer(prometheus, "xmover_tables_detected{job=\"xmover\"}"));
      assertEquals("1", answer(prometheus, "xmover_tables_processed_total{result=\"completed\"}"));
      assertEquals(
          "1",
          answer(
              prometheus,
              "xmover_phase_duration_seconds_bucket{phase=\"monitoring_leases\",le=\"30.0\"}"));
      String median = "histogram_quantile(0.5, sum by (le) (xmover_lease_wait_seconds_bucket))";
      double wait = Double.parseDouble(answer(prometheus, median));
      assertTrue(wait > 10 && wait <= 30, "in the bucket up to 30 s: " + wait);
    }
  }

  /** What a query answers, once it answers something. */
  private static String answer(DebianService prometheus, String query) throws Exception {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      JsonNode json = new ObjectMapper().readTree(prometheus.get(path));
      if (!json.at("/data/result").isEmpty()) {
        return json.at("/data/result/0/value/1").asText();
      }
      assertTrue(System.nanoTime() < deadline, () -> query + ": " + json);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** The cluster's hosts: the second kind of path a group may have. */
  @ParameterizedTest
  @ValueSource(strings = {"db1:5432,[::1]:5432", "odd/one é"})
  void a_run_that_fails_leaves_the_time_of_the_last_success_at_the_pushgateway(String cluster)
      throws Exception {
    try (var pushgateway = DebianService.pushgateway(folder)) {
      push(pushgateway, cluster, 0);
      Exposition first = new Exposition(pushgateway.get("/metrics"));
      double success = of(first, "xmover_last_success_timestamp_seconds", cluster);
      assertTrue(success > 1.7e9, "a time: " + success);
      push(pushgateway, cluster, 1);
      Exposition second = new Exposition(pushgateway.get("/metrics"));
      assertEquals(success, of(second, "xmover_last_success_timestamp_seconds", cluster));
      assertEquals(1, of(second, "xmover_last_exit_code", cluster));
      assertEquals(List.of(), warnings);
    }
  }

  private void push(DebianService pushgateway, String cluster, int exitCode) {
    var scene = MeasuredRun.scene(vertx, TestEnvironment.realTime(vertx), cluster, warnings::add);
    var metrics = new PrometheusMetrics(scene);
    metrics.on(new RunEvent.Chosen(List.of()));
    MeasuredRun.tellEnd(metrics, exitCode);
    new PushGateway(scene, ServiceUrl.of(pushgateway.url()), Optional.empty())
        .take(metrics.scrape())
        .await();
  }

  private static double of(Exposition exposed, String name, String cluster) {
    return exposed.value(name, "cluster", cluster, "job", "xmover");
  }
}
