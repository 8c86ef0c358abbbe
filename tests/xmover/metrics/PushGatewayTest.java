package xmover.metrics;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.environment.SkippingTimers;
import xmover.observe.ServiceUrl;

/** What is posted to a Pushgateway, and what it costs when that fails. */
class PushGatewayTest {
  private final WireMockServer service =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private final Vertx vertx = Vertx.vertx();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    service.start();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
    service.stop();
  }

  private PushGateway gateway(String path) {
    var scene = MeasuredRun.scene(vertx, new SkippingTimers(), MeasuredRun.CLUSTER, warnings::add);
    return new PushGateway(
        scene, ServiceUrl.of("http://127.0.0.1:" + service.port() + path), Optional.empty());
  }

  @Test
  void it_is_posted_to_the_group_of_the_cluster_under_the_gateways_own_path() {
    service.stubFor(any(anyUrl()).willReturn(ok()));
    String text = MeasuredRun.everything().text();
    gateway("/push/").take(text).await();
    service.verify(
        1,
        postRequestedFor(urlEqualTo("/push/metrics/job/xmover/cluster/db1%3A5432%2Cdb2%3A5432"))
            .withHeader("Content-Type", equalTo("text/plain; version=0.0.4; charset=utf-8"))
            .withRequestBody(equalTo(text)));
    assertEquals(List.of(), warnings);
  }

  @Test
  void one_that_stays_down_costs_one_warning_however_often_it_is_tried() {
    service.stubFor(any(anyUrl()).willReturn(serviceUnavailable()));
    PushGateway gateway = gateway("");
    gateway.take("").await();
    gateway.take("").await();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).startsWith("the metrics can't be pushed to http://127.0.0.1:"));
  }

  @ParameterizedTest
  @CsvSource({
    "db1:5432,           cluster/db1%3A5432",
    "a b,                cluster/a%20b",
    "a/b,                cluster@base64/YS9i",
    "'',                 cluster@base64/=",
    "[::1]:5432,         cluster/%5B%3A%3A1%5D%3A5432"
  })
  void a_cluster_is_written_as_the_gateway_reads_it(String cluster, String path) {
    assertEquals("/metrics/job/xmover/" + path, PushGateway.path(cluster));
  }
}
