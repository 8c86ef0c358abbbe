package xmover.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.live.FollowedRun;
import xmover.reset.RunEvent;

/** What a StatsD server receives. */
class StatsdMetricsTest {
  private static final String TAGS = "#cluster:db1:5432_db2:5432";

  private final Vertx vertx = Vertx.vertx();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final MeasuredRun measured = new MeasuredRun(vertx, warnings::add);
  private DatagramSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    server.setSoTimeout(10_000);
  }

  @AfterEach
  void stop() {
    server.close();
    vertx.close().await();
  }

  private StatsdMetrics open(String address) {
    var statsd = StatsdMetrics.to(StatsdAddress.of(address), measured.scene);
    measured.run.watch(statsd);
    return statsd;
  }

  private StatsdMetrics open() {
    StatsdMetrics statsd = open("127.0.0.1:" + server.getLocalPort());
    statsd.on(new RunEvent.RunStarted(measured.scene.run(), FollowedRun.CLUSTER));
    statsd.on(new RunEvent.Chosen(List.of(FollowedRun.finding("doc.t"))));
    return statsd;
  }

  /** Lines up to the one that begins so. */
  private List<String> received(String last) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.stream().noneMatch(line -> line.startsWith(last))) {
      lines.addAll(packet());
    }
    return lines;
  }

  private List<String> packet() throws IOException {
    var packet = new DatagramPacket(new byte[65_000], 65_000);
    server.receive(packet);
    assertTrue(packet.getLength() <= 1400, "it fits into an Ethernet's packet");
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  void a_run_arrives_as_times_counts_and_values() throws IOException {
    StatsdMetrics statsd = open();
    measured.heals("doc.t");
    MeasuredRun.tellEnd(statsd, 0, "cured");
    statsd.close().await();
    List<String> lines = received("xmover.last.success");
    for (String line :
        List.of(
            "xmover.phase.duration:2000|ms|" + TAGS + ",phase:setting_replicas_zero",
            "xmover.phase.duration:4000|ms|" + TAGS + ",phase:restoring_replicas",
            "xmover.lease.wait:30000|ms|" + TAGS,
            "xmover.tables.processed:1|c|" + TAGS + ",result:completed",
            "xmover.tables.at.zero.replicas:0|g|" + TAGS,
            "xmover.last.exit.code:0|g|" + TAGS,
            "xmover.last.run.timestamp:1705314600|g|" + TAGS)) {
      assertTrue(lines.contains(line), line + " in\n" + String.join("\n", lines));
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void a_count_is_told_once() throws IOException {
    StatsdMetrics statsd = open();
    measured.run.step("doc.t", "completed");
    measured.pass(10);
    assertTrue(
        received("xmover.breaker").stream().anyMatch(l -> l.startsWith("xmover.tables.processed")));
    MeasuredRun.tellEnd(statsd, 0, "completed");
    List<String> rest = received("xmover.last.success");
    assertTrue(
        rest.stream().noneMatch(l -> l.startsWith("xmover.tables.processed")), rest.toString());
  }

  @Test
  void nothing_is_sent_after_the_end() throws IOException {
    StatsdMetrics statsd = open();
    MeasuredRun.tellEnd(statsd, 0);
    statsd.close().await();
    received("xmover.last.success");
    server.setSoTimeout(200);
    measured.pass(60);
    assertThrows(SocketTimeoutException.class, this::drain);
  }

  private void drain() throws IOException {
    while (true) {
      assertTrue(packet().stream().noneMatch(line -> line.startsWith("xmover.breaker.state")));
    }
  }

  @Test
  void a_server_that_is_not_there_costs_nothing() {
    server.close();
    StatsdMetrics statsd = open("127.0.0.1:" + 9);
    MeasuredRun.tellEnd(statsd, 0);
    statsd.close().await();
    assertEquals(List.of(), warnings);
  }

  @Test
  void a_host_that_is_not_found_costs_one_warning() {
    StatsdMetrics statsd = open("no-such-host.invalid:8125");
    measured.run.step("doc.t", "begin");
    MeasuredRun.tellEnd(statsd, 0);
    statsd.close().await();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("no-such-host.invalid:8125"), warnings.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8125", "host", ":8125", "host:", "host:x", "host:0", "h:65536", "::1:8125"})
  void what_is_no_host_and_port_is_refused(String typed) {
    var refused = assertThrows(IllegalArgumentException.class, () -> StatsdAddress.of(typed));
    assertEquals("'" + typed + "' is no host:port like 127.0.0.1:8125", refused.getMessage());
  }

  @Test
  void an_ipv6_address_stands_in_brackets() {
    assertEquals("[::1]:8125", StatsdAddress.of("[::1]:8125").server().toString());
  }
}
