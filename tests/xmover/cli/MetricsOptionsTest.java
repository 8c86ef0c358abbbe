package xmover.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.TimeLapse;
import xmover.metrics.Exposition;

/** The ways that metrics leave a run over the wire, and what it costs when they are down. */
class MetricsOptionsTest {
  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 2, "replicas": "1", "size": "3gb", "stuck_translog": "9gb"},
      {"name": "doc.u", "shards": 1, "replicas": "1", "size": "1gb", "stuck_translog": "5gb"},
      {"name": "doc.v", "shards": 1, "replicas": "0", "size": "1gb", "stuck_translog": "5gb"}
      """;

  @TempDir private Path folder;

  /**
   * Three times as fast. A gate waits 5 s for the health; a tenth of that is too short on a machine
   * that is busy, and the table would be refused.
   */
  private WiredCluster cluster(String more) throws IOException {
    return new WiredCluster(folder, more, TABLES, new TimeLapse(3));
  }

  private Path file() {
    return folder.resolve("xmover.prom");
  }

  private Exposition written() throws IOException {
    return new Exposition(Files.readString(file()));
  }

  private double value(String name, String... labels) throws IOException {
    return written().value(name, labels);
  }

  @Test
  void what_a_run_did_on_the_wire_is_what_its_metrics_say() throws Exception {
    try (var crate = cluster("")) {
      var outcome = crate.run("--autoexec", "--metrics-file", file().toString());
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertEquals(2, value("xmover_tables_detected"));
      assertEquals(2, value("xmover_tables_processed_total", "result", "completed"));
      assertEquals(2, value("xmover_lease_wait_seconds_count"));
      for (String phase : List.of("monitoring_leases", "restoring_replicas", "recovering")) {
        assertEquals(2, value("xmover_phase_duration_seconds_count", "phase", phase));
      }
      assertEquals(0, value("xmover_tables_at_zero_replicas"));
      assertEquals(0, value("xmover_exposed_bytes"));
      assertEquals(0, value("xmover_last_exit_code"));
      assertTrue(value("xmover_last_success_timestamp_seconds") > 1.7e9);
      assertEquals(
          crate.log.matching("^(ALTER|OPTIMIZE)").size(),
          value("xmover_sql_statements_total", "kind", "write", "result", "answered"));
      double reads = value("xmover_sql_statements_total", "kind", "read", "result", "answered");
      assertTrue(
          reads > 10 && reads <= crate.log.matching("^\\s*SELECT").size(), "reads: " + reads);
    }
  }

  @Test
  void a_run_that_fails_says_so_and_leaves_the_time_of_the_last_success() throws Exception {
    try (var crate = cluster("")) {
      crate.run("--autoexec", "--table", "t", "--metrics-file", file().toString());
      double success = value("xmover_last_success_timestamp_seconds");
      var error = new SqlError(400, 4000, "42601", "SQLParseException[no such thing]");
      crate.faults.set(Fault.on("^ALTER", new Fault.Fail(error)));
      var outcome = crate.run("--autoexec", "--table", "u", "--metrics-file", file().toString());
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertEquals(1, value("xmover_last_exit_code"));
      assertEquals(1, value("xmover_tables_processed_total", "result", "zeroing_failed"));
      assertTrue(value("xmover_sql_statements_total", "kind", "write", "result", "failed") >= 1);
      assertEquals(success, value("xmover_last_success_timestamp_seconds"));
      assertTrue(value("xmover_last_run_timestamp_seconds") >= Math.floor(success));
    }
  }

  @Test
  void a_run_that_reaches_no_cluster_says_so() throws Exception {
    var outcome =
        Operator.types(
            folder,
            "problematic-translogs",
            "--connect",
            "postgresql://127.0.0.1:1/doc",
            "--autoexec",
            "--metrics-file",
            file().toString());
    assertEquals(1, outcome.exitCode(), outcome.toString());
    assertEquals(1, value("xmover_last_exit_code", "cluster", "127.0.0.1:1"));
    assertTrue(value("xmover_retries_total") > 0, "it was tried again");
  }

  @Test
  void a_run_that_dies_leaves_behind_that_a_table_is_at_zero() throws Exception {
    try (var crate = cluster("\"lease_sync\": 3600,");
        var watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      RunningCommand run =
          crate.start("--autoexec", "--lease-sync", "off", "--metrics-file", file().toString());
      // The first file may be one that is written every ten seconds, before the table is at 0.
      while (!tellsOfATableAtZero()) {
        WatchKey changed = watch.poll(1, TimeUnit.MINUTES);
        assertNotNull(changed, "no metrics tell of a table at 0");
        changed.pollEvents();
        changed.reset();
      }
      assertEquals(1, value("xmover_tables_at_zero_replicas"));
      // Two shards of 3 GB, and some bytes more or less of each.
      assertEquals(2 * 3.0 * (1L << 30), value("xmover_exposed_bytes"), 0.5e9);
      run.stop();
      assertEquals(143, run.exitCode());
    }
  }

  private boolean tellsOfATableAtZero() throws IOException {
    return Files.exists(file()) && written().of("xmover_tables_at_zero_replicas").orElse(0) > 0;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--push-gateway http://127.0.0.1:1            | pushed to http://127.0.0.1:1/",
        "--metrics-file /no/such/folder/xmover.prom   | written to /no/such/folder/xmover.prom",
        "--metrics-file /proc/xmover.prom             | written to /proc/xmover.prom",
        "--statsd no-such-host.invalid:8125           | StatsD at no-such-host.invalid:8125"
      })
  void a_way_out_that_is_down_costs_one_warning_and_no_exit_code(String option, String warning)
      throws Exception {
    try (var crate = cluster("")) {
      var words = new ArrayList<>(List.of("--autoexec", "--log-format", "json"));
      words.addAll(List.of(option.split(" ")));
      var outcome = crate.run(words.toArray(String[]::new));
      assertEquals(0, outcome.exitCode(), outcome.toString());
      List<String> warnings =
          outcome.logged().all().stream()
              .filter(line -> line.path("level").asText().equals("WARN"))
              .map(line -> line.path("error").asText())
              .toList();
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(warnings.get(0).contains(warning), warnings.toString());
    }
  }

  @Test
  void a_dry_run_tells_nobody() throws Exception {
    var service = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    service.start();
    service.stubFor(any(anyUrl()).willReturn(ok()));
    try (var crate = cluster("");
        var statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String[] ways = {
        "--autoexec",
        "--metrics-file",
        file().toString(),
        "--push-gateway",
        "http://127.0.0.1:" + service.port(),
        "--statsd",
        "127.0.0.1:" + statsd.getLocalPort(),
        "--dry-run"
      };
      var planned = crate.run(ways);
      assertEquals(0, planned.exitCode(), planned.toString());
      assertFalse(Files.exists(file()));
      assertEquals(0, service.getAllServeEvents().size());
      assertFalse(receives(statsd));
      // What a real run tells is seen here, so that nothing above is nothing for another reason.
      var done = crate.run(Arrays.copyOf(ways, ways.length - 1));
      assertEquals(0, done.exitCode(), done.toString());
      assertTrue(Files.exists(file()));
      assertTrue(service.getAllServeEvents().size() > 0);
      assertTrue(receives(statsd));
    } finally {
      service.stop();
    }
  }

  private static boolean receives(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(200);
    try {
      socket.receive(new DatagramPacket(new byte[2000], 2000));
      return true;
    } catch (SocketTimeoutException nothing) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--push-gateway pushgateway:9091  | 'pushgateway:9091' is no URL like http://host:9093",
        "--push-gateway http://u:p@host   | the URL of host holds a user",
        "--metrics-file metrics.txt       | metrics.txt' does not end in .prom",
        "--statsd 8125                    | '8125' is no host:port like 127.0.0.1:8125",
        "--statsd host:99999              | 'host:99999' is no host:port like 127.0.0.1:8125"
      })
  void what_is_typed_wrong_is_told_in_a_sentence_and_nothing_is_sent(String typed, String sentence)
      throws Exception {
    try (var crate = cluster("")) {
      var words = new ArrayList<>(List.of("problematic-translogs", "--connect", crate.pg()));
      words.add("--autoexec");
      words.addAll(List.of(typed.split(" ")));
      var outcome = Operator.types(words.toArray(String[]::new));
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertTrue(outcome.err().startsWith("xmover: "), outcome.err());
      assertTrue(outcome.err().contains(sentence), outcome.err());
      assertEquals(0, crate.log.arrivals().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"problematic-translogs", "reset", "resume", "restore"})
  void every_command_that_changes_something_has_them(String command) {
    for (String option : List.of("--push-gateway", "--metrics-file", "--statsd")) {
      assertTrue(Operator.knows(command, option), option);
    }
  }
}
