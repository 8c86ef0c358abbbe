package xmover.observe;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.connection.Secret;
import xmover.environment.SkippingTimers;

/** Documents for other services: tried again where that helps, and never more than a warning. */
class HttpPostTest {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

  private final WireMockServer service =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private final Vertx vertx = Vertx.vertx();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final SkippingTimers timers = new SkippingTimers();
  private final HttpPost http = http(Optional.empty());

  private HttpPost http(Optional<Login> login) {
    return new HttpPost(vertx, timers, login, Duration.ofMillis(200), warnings::add);
  }

  @BeforeEach
  void start() {
    service.start();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
    service.stop();
  }

  private void send() {
    http.send(url(), "application/json", Buffer.buffer("[1]")).await();
  }

  private ServiceUrl url() {
    return ServiceUrl.of("http://127.0.0.1:" + service.port() + "/api");
  }

  @Test
  void a_document_arrives_once_with_its_type() {
    service.stubFor(post("/api").willReturn(ok()));
    send();
    service.verify(
        1,
        postRequestedFor(urlEqualTo("/api"))
            .withHeader(
                "Content-Type",
                com.github.tomakehurst.wiremock.client.WireMock.equalTo("application/json"))
            .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.equalTo("[1]")));
    assertEquals(List.of(), warnings);
  }

  @Test
  void a_service_that_demands_a_login_is_shown_it() {
    service.stubFor(post("/api").willReturn(aResponse().withStatus(401)));
    service.stubFor(post("/api").withBasicAuth("grünt", "a:b/c").willReturn(ok()));
    send();
    assertEquals(List.of(url() + ": HTTP status 401: "), warnings);
    http(Optional.of(new Login(new Secret("grünt:a:b/c"))))
        .send(url(), "application/json", Buffer.buffer("[1]"))
        .await();
    assertEquals(1, warnings.size(), warnings.toString());
  }

  @Test
  void a_service_that_repeats_the_login_is_told_without_it() {
    var login = new Login(new Secret("prober:a:b/c"));
    service.stubFor(
        post("/api").willReturn(aResponse().withStatus(403).withBody("a:b/c? " + login.header())));
    http(Optional.of(login)).send(url(), "application/json", Buffer.buffer("[1]")).await();
    assertEquals(List.of(url() + ": HTTP status 403: ***? Basic ***"), warnings);
  }

  @Test
  void a_service_that_is_back_at_the_second_attempt_costs_nothing() {
    service.stubFor(
        post("/api")
            .inScenario("restart")
            .whenScenarioStateIs(STARTED)
            .willReturn(serviceUnavailable())
            .willSetStateTo("up"));
    service.stubFor(post("/api").inScenario("restart").whenScenarioStateIs("up").willReturn(ok()));
    send();
    assertEquals(List.of(), warnings);
    assertEquals(PAUSES.subList(0, 1), timers.skipped());
  }

  @Test
  void a_service_that_stays_unavailable_costs_one_warning_after_three_attempts() {
    service.stubFor(post("/api").willReturn(serviceUnavailable().withBody("draining")));
    send();
    service.verify(3, postRequestedFor(urlEqualTo("/api")));
    assertEquals(List.of(url() + ": HTTP status 503: draining"), warnings);
    assertEquals(PAUSES, timers.skipped());
  }

  @Test
  void a_document_that_is_refused_is_not_sent_again() {
    service.stubFor(post("/api").willReturn(aResponse().withStatus(400).withBody("bad labels")));
    send();
    service.verify(1, postRequestedFor(urlEqualTo("/api")));
    assertEquals(List.of(url() + ": HTTP status 400: bad labels"), warnings);
    assertEquals(List.of(), timers.skipped());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_connection_that_breaks_costs_one_warning(Fault fault) {
    service.stubFor(post("/api").willReturn(aResponse().withFault(fault)));
    send();
    assertEquals(1, warnings.size(), warnings.toString());
  }

  @Test
  void a_service_that_does_not_answer_is_given_up() {
    service.stubFor(post("/api").willReturn(ok().withFixedDelay(60_000)));
    send();
    assertEquals(1, warnings.size(), warnings.toString());
    assertFalse(warnings.get(0).contains("/api"), warnings.toString());
    assertEquals(PAUSES, timers.skipped());
  }

  @Test
  void a_service_that_does_not_answer_delays_the_end_of_a_run_by_twelve_seconds_at_most() {
    Duration attempts = HttpPost.PATIENCE.multipliedBy(PAUSES.size() + 1L);
    Duration longest = PAUSES.stream().reduce(attempts, Duration::plus);
    assertTrue(longest.toSeconds() <= 12, longest.toString());
  }

  @Test
  void a_service_that_is_not_there_costs_one_warning() {
    ServiceUrl url = url();
    service.stop();
    http.send(url, "application/json", Buffer.buffer("[]")).await();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).startsWith(url.toString()), warnings.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "am:9093",
        "ftp://am",
        "http://",
        "http://u:secret@am",
        "http://am?x=1",
        "http://a b"
      })
  void what_is_no_plain_url_is_refused_without_telling_a_password(String typed) {
    var refused = assertThrows(IllegalArgumentException.class, () -> ServiceUrl.of(typed));
    assertTrue(!refused.getMessage().contains("secret"), refused.getMessage());
  }
}
