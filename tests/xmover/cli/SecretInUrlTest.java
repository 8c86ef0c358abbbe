package xmover.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.TestEnvironment;
import xmover.observe.HttpPost;
import xmover.observe.ServiceUrl;

/** The URL of a webhook is a password by its path: whoever reads the log must not learn it. */
class SecretInUrlTest {
  private static final String SECRET = "s3cret";

  @ParameterizedTest
  @CsvSource({
    "https://hooks.slack.example/services/T0/s3cret, https://hooks.slack.example/…",
    "http://127.0.0.1:9093/s3cret/, http://127.0.0.1:9093/…",
    "http://[::1]:9093, http://[::1]:9093",
    "http://gateway/, http://gateway",
  })
  void scheme_host_and_port_are_told(String typed, String shown) {
    assertEquals(shown, ServiceUrl.of(typed).toString());
    assertEquals(shown.replace("/…", "") + "/…", ServiceUrl.of(typed).under("/api").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example/services/T0/s3cret?channel=x",
        "https://hooks.example/x?token=s3cret",
        "https://hooks.example/x#s3cret",
        "https://ops:s3cret@hooks.example/x",
        "https://ops:s3/cret@hooks.example/s3cret",
        "ops:s3cret@hooks.example",
        "https://hooks.example/s3cret x",
        "hooks.example/services/s3cret",
        "ftp://hooks.example/s3cret",
        "https:///s3cret",
        "https:hooks.example/s3cret",
        "?s3cret",
      })
  void one_that_is_refused_is_not_repeated(String typed) {
    var refused = assertThrows(IllegalArgumentException.class, () -> ServiceUrl.of(typed));
    var trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().matches("(?s).*s3/?cret.*"), trace.toString());
    for (String option : List.of("--webhook", "--alertmanager", "--push-gateway")) {
      for (String more : List.of("--debug", "--log-format=json")) {
        var outcome = Operator.types("restore", option, typed, more);
        assertEquals(1, outcome.exitCode());
        assertFalse(outcome.err().matches("(?s).*s3/?cret.*"), outcome.err());
      }
    }
    var ctl = Operator.types("ctl", "status", typed, "--debug");
    assertEquals(1, ctl.exitCode());
    assertFalse(ctl.err().matches("(?s).*s3/?cret.*"), ctl.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--webhok https://hooks.example/T0/s3cret",
        "--webhok=https://hooks.example/T0/s3cret",
        "--webhok=https://ops:s3/cret@hooks.example",
        "--conect postgresql://ops:s3cret@db1:5432/doc",
        "https://hooks.example?s3cret",
        "postgresql://u:my s3cret@h",
        "--conect=postgresql://u:my s3cret@h",
        "postgresql://u:my' s3cret@h",
        "https://hooks.example/T0/my s3cret",
      })
  void an_option_with_a_typo_does_not_tell_it(String typed) {
    for (String command : List.of("detect ", "resume --log-format=json ")) {
      var outcome = Operator.types(words(command, typed));
      assertEquals(1, outcome.exitCode());
      assertFalse(outcome.err().matches("(?s).*s3/?cret.*"), outcome.err());
    }
  }

  /** A URL may hold spaces, an option in front of it none. */
  private static String[] words(String command, String typed) {
    return Stream.concat(
            Stream.of(command.split(" ")), Stream.of(typed.split("(?<=^--webhok|^--conect) ", 2)))
        .toArray(String[]::new);
  }

  @Test
  void a_run_that_is_not_there_is_told_without_the_path() {
    var ctl = Operator.types("ctl", "status", "http://127.0.0.1:1/s3cret", "--debug");
    assertEquals(1, ctl.exitCode());
    assertTrue(ctl.err().contains(" http://127.0.0.1:1/… "), ctl.err());
    assertFalse(ctl.err().contains(SECRET), ctl.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cannot POST /T0/a%20s3cret", "no /T0/a s3cret here", ""})
  void a_service_that_repeats_it_does_not_bring_it_into_the_log(String body) {
    Vertx vertx = Vertx.vertx();
    List<String> warnings = new ArrayList<>();
    ServiceUrl url;
    var service = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    service.start();
    try {
      service.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(404).withBody(body)));
      var http =
          new HttpPost(vertx, TestEnvironment.realTime(vertx), Optional.empty(), warnings::add);
      url = ServiceUrl.of(service.baseUrl() + "/T0/a%20s3cret");
      http.send(url, "application/json", Buffer.buffer("{}")).await();
      assertEquals(1, service.getAllServeEvents().size());
      assertEquals(
          url.uri().getRawPath(), service.getAllServeEvents().get(0).getRequest().getUrl());
    } finally {
      service.stop();
      vertx.close().await();
    }
    assertEquals(1, warnings.size());
    Stream.of(SECRET, "T0")
        .forEach(w -> assertFalse(warnings.get(0).contains(w), warnings::toString));
    assertTrue(warnings.get(0).startsWith(url + ": HTTP status 404"), warnings::toString);
  }
}
