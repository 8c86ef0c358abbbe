package xmover.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cli.Operator.Outcome;

/** The report of a run as a file and at a webhook, and the alerts of one, from the command line. */
class ReportingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One is healed, one is refused. */
  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 2, "replicas": "1", "size": "3gb", "stuck_translog": "9gb"},
      {"name": "doc.<u>", "shards": 1, "replicas": "1", "stuck_translog": "5gb",
       "settings": {"blocks.read_only": true}}
      """;

  @TempDir private Path folder;
  private final WireMockServer service =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() {
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + service.port() + path;
  }

  private Outcome run(String... options) throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      List<String> words = new ArrayList<>(List.of("--autoexec"));
      words.addAll(List.of(options));
      return crate.run(words.toArray(String[]::new));
    }
  }

  private static void isTheReport(JsonNode report) {
    assertEquals(3, report.path("exit_code").asInt(), report.toString());
    JsonNode healed =
        StreamSupport.stream(report.path("results").spliterator(), false)
            .filter(table -> table.path("result").asText().equals("completed"))
            .findFirst()
            .orElseThrow();
    assertEquals("t", healed.path("table").asText(), healed.toString());
    assertEquals(55, healed.path("bytes_after").asLong(), healed.toString());
    assertTrue(healed.path("bytes_before").asLong() > 8L << 30, healed.toString());
    assertTrue(report.toString().contains("blocks.read_only"), report.toString());
    assertTrue(report.toString().contains("number_of_replicas"), report.toString());
  }

  @Test
  void json_tells_what_was_found_done_refused_and_sent() throws Exception {
    Path file = folder.resolve("run.json");
    assertEquals(3, run("--report", file.toString()).exitCode());
    isTheReport(JSON.readTree(Files.readString(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "md"})
  void people_read_the_same(String ending) throws Exception {
    Path file = folder.resolve("run." + ending);
    assertEquals(3, run("--report", file.toString()).exitCode());
    String text = Files.readString(file);
    for (String part : List.of("doc.t", "completed", "refused", " GB → 55 B", "blocks")) {
      assertTrue(text.contains(part), part + " in " + text);
    }
    assertTrue(!ending.equals("html") || !text.contains("<u>"), text);
  }

  @Test
  void a_webhook_gets_the_report_once_and_an_alertmanager_that_all_is_over() throws Exception {
    service.stubFor(post(anyUrl()).willReturn(ok()));
    assertEquals(3, run("--webhook", url("/hook"), "--alertmanager", url("/")).exitCode());
    var hooked = service.findAll(postRequestedFor(urlPathEqualTo("/hook")));
    assertEquals(1, hooked.size());
    isTheReport(JSON.readTree(hooked.get(0).getBody()));
    var alerts = service.findAll(postRequestedFor(urlPathEqualTo("/api/v2/alerts")));
    String last = alerts.get(alerts.size() - 1).getBodyAsString();
    assertTrue(last.contains("XMover"), last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unavailable", "reset"})
  void one_that_is_down_costs_a_warning_and_changes_no_exit_code(String how) throws Exception {
    service.stubFor(post(anyUrl()).willReturn(answer(how)));
    Outcome outcome =
        run("--webhook", url("/hook"), "--alertmanager", url("/"), "--log-format", "json");
    assertEquals(3, outcome.exitCode(), outcome.toString());
    JsonNode ended = outcome.logged().only("run_ended");
    assertEquals(1, ended.path("succeeded").asInt());
    assertEquals(1, ended.path("failed").asInt());
    List<String> troubles = outcome.logged().texts("observer", "error");
    assertEquals(2, troubles.size(), troubles.toString());
    assertTrue(
        troubles.stream().allMatch(t -> t.contains(" " + url("/…") + ": ")), troubles::toString);
  }

  private static ResponseDefinitionBuilder answer(String how) {
    return how.equals("unavailable")
        ? serviceUnavailable()
        : aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
  }

  @Test
  void a_run_that_reaches_no_cluster_is_reported_too() throws IOException {
    Path file = folder.resolve("run.json");
    Outcome outcome =
        Operator.types(
            folder,
            "problematic-translogs",
            "--connect",
            "http://127.0.0.1:1",
            "--autoexec",
            "--report",
            file.toString());
    assertEquals(1, outcome.exitCode(), outcome.toString());
    JsonNode report = JSON.readTree(Files.readString(file));
    assertTrue(report.path("error").asText().contains("127.0.0.1:1"), report.toString());
  }
}
