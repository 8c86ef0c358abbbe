package xmover.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cli.Operator.Outcome;
import xmover.environment.TestEnvironment;

/** Pushgateway, Alertmanager and webhook that demand a login, from a variable or a file. */
class LoginsOfServicesTest {
  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "size": "3gb", "stuck_translog": "9gb"}
      """;

  @TempDir private Path folder;
  private WiredCluster crate;
  private final WireMockServer service =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() throws Exception {
    crate = new WiredCluster(folder, "", TABLES);
    service.start();
    service.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
    service.stubFor(any(anyUrl()).withBasicAuth("prober", "k:e/y").willReturn(ok()));
  }

  @AfterEach
  void stop() {
    crate.close();
    service.stop();
  }

  private Outcome heal(Map<String, String> variables, String... words) {
    var all = new java.util.ArrayList<>(List.of("heal", "--connect", crate.pg()));
    all.addAll(List.of(words));
    var around = new TestEnvironment(folder.resolve("home")).with(crate.time).with(variables);
    return Operator.types(around, all.toArray(String[]::new));
  }

  private Outcome healed(String option, Map<String, String> variables) {
    Outcome outcome =
        heal(variables, option, "http://127.0.0.1:" + service.port(), "--log-format", "json");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertTrue(service.getAllServeEvents().size() > 0, outcome.toString());
    return outcome;
  }

  @ParameterizedTest
  @CsvSource({
    "--push-gateway, XMOVER_PUSH_GATEWAY_LOGIN",
    "--alertmanager, XMOVER_ALERTMANAGER_LOGIN",
    "--webhook,      XMOVER_WEBHOOK_LOGIN"
  })
  void each_takes_the_login_of_its_variable_and_sooner_that_of_its_file(
      String option, String variable) throws Exception {
    Outcome without = healed(option, Map.of());
    assertTrue(without.err().contains("HTTP status 401"), without.err());
    Outcome shown = healed(option, Map.of(variable, "prober:k:e/y"));
    assertFalse(shown.err().contains("HTTP status 401"), shown.err());
    Path file = Files.writeString(folder.resolve("login"), "prober:k:e/y\n");
    Outcome filed =
        healed(option, Map.of(variable + "_FILE", file.toString(), variable, "prober:old"));
    assertFalse(filed.err().contains("HTTP status 401"), filed.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.0.0.1:1 | prober | must be user:password, in one line",
        "http://127.0.0.1:1 | :k     | must be user:password, in one line",
        "http://am.example  | a:key  | would be readable on the way to http://am.example: write"
            + " https"
      })
  void one_that_makes_no_sense_or_would_be_readable_is_refused_before_anything_is_sent(
      String url, String login, String sentence) {
    Outcome refused = heal(Map.of("XMOVER_ALERTMANAGER_LOGIN", login), "--alertmanager", url);
    assertEquals(1, refused.exitCode(), refused.toString());
    assertTrue(refused.err().contains("XMOVER_ALERTMANAGER_LOGIN"), refused.err());
    assertTrue(refused.err().contains(sentence), refused.err());
    assertFalse(refused.err().contains("key"), refused.err());
    assertEquals(0, crate.log.arrivals().size());
  }

  @Test
  void a_file_that_is_not_there_is_told_in_a_sentence() {
    Outcome refused =
        heal(Map.of("XMOVER_WEBHOOK_LOGIN_FILE", "/no/file"), "--webhook", "http://127.0.0.1:1");
    assertEquals(1, refused.exitCode(), refused.toString());
    assertTrue(
        refused.err().contains("login file /no/file (XMOVER_WEBHOOK_LOGIN_FILE) cannot be read"),
        refused.err());
  }

  @Test
  void whoever_allows_passwords_in_the_clear_sends_it() {
    Outcome sent =
        heal(
            Map.of("XMOVER_ALERTMANAGER_LOGIN", "prober:k:e/y"),
            "--alertmanager",
            "http://no-such-host.invalid",
            "--allow-cleartext-password");
    assertEquals(0, sent.exitCode(), sent.toString());
    assertTrue(sent.err().contains("can't be posted to http://no-such-host.invalid"), sent.err());
  }
}
