package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run logs, as text for people and as JSON for programs. */
class RunLogTest {
  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 2, "replicas": "2", "stuck_translog": "9gb"},
      {"name": "doc.wéi rd \\"name\\"'s \\n\\u2028\\u0007☃", "shards": 1, "replicas": "0-1",
       "stuck_translog": "3gb"},
      {"name": "doc.p", "shards": 1, "replicas": "1", "partitioned_by": ["v"], "partitions": [
        {"values": ["{\\"a\\": 1}\\r\\n\\u0001\\ud83d\\ude00"], "stuck_translog": "2gb"},
        {"values": [null], "stuck_translog": "2gb"}]}
      """;

  @TempDir private Path folder;

  @Test
  void every_line_is_json_whatever_a_name_contains() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      var outcome = crate.run("--autoexec", "--log-format", "json", "-v");
      assertEquals(0, outcome.exitCode(), outcome.err());
      assertEquals("", outcome.out());
      LoggedEvents logged = outcome.logged();
      for (JsonNode line : logged.all()) {
        assertTrue(
            line.path("timestamp").asText().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z"),
            line.toString());
        assertTrue(line.path("level").asText().matches("DEBUG|INFO|WARN|ERROR"), line.toString());
        assertFalse(line.path("event").asText().isEmpty(), line.toString());
        assertEquals(logged.all().get(0).get("run_id"), line.get("run_id"));
      }
      assertEquals(16, logged.named("transition").size());
      List<String> tables = logged.texts("transition", "table");
      assertTrue(tables.contains("doc.wéi rd \"name\"'s \n\u2028\u0007☃"), tables.toString());
      List<String> partitions = logged.texts("transition", "partition");
      assertTrue(
          partitions.contains("v=E'{\"a\": 1}\\r\\n\\u0001\ud83d\ude00'"), partitions.toString());
    }
  }

  @Test
  void events_carry_their_fields() throws Exception {
    try (var crate = new WiredCluster(folder, "\"lease_sync\": 6,", TABLES)) {
      var outcome =
          crate.run(
              "--autoexec --log-format json -v --table t --lease-sync off --backoff fixed:500ms"
                  .split(" "));
      LoggedEvents logged = outcome.logged();
      JsonNode transition = logged.named("transition").get(1);
      assertEquals("SETTING_REPLICAS_ZERO", transition.path("from_state").asText());
      assertEquals("MONITORING_LEASES", transition.path("to_state").asText());
      assertEquals("doc.t", transition.path("table").asText());
      assertEquals("2", transition.path("original_replicas").asText());
      assertTrue(transition.path("partition").isNull(), transition.toString());
      assertTrue(transition.path("elapsed_ms").isIntegralNumber(), transition.toString());
      JsonNode waiting = logged.named("waiting").get(0);
      assertEquals(1, waiting.path("attempt").asInt());
      assertEquals(500, waiting.path("delay_ms").asInt());
      JsonNode leases = logged.named("leases").get(0);
      assertEquals(2, leases.path("expected").asInt());
      // Six of them, unless the tick of a shard came before the first look.
      assertTrue(leases.path("leases").asInt() >= 2, leases.toString());
      assertEquals(1, logged.only("run_ended").path("succeeded").asInt());
      assertEquals("2", logged.only("result").path("replicas_after").asText());
    }
  }

  @Test
  void every_write_is_logged_before_it_is_sent_and_after_it_was_answered() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      LoggedEvents logged = crate.run("--autoexec", "--log-format", "json").logged();
      List<String> audited =
          logged.all().stream()
              .filter(line -> line.path("event").asText().startsWith("sql_"))
              .map(line -> line.path("event").asText() + " " + line.path("sql").asText())
              .toList();
      List<String> expected =
          crate.log.matching("^(ALTER|OPTIMIZE)").stream()
              .flatMap(sql -> List.of("sql_sending " + sql, "sql_answered " + sql).stream())
              .toList();
      assertEquals(12, expected.size() / 2);
      assertEquals(expected, audited);
    }
  }

  @Test
  void a_failed_write_is_logged_with_its_error_and_stack() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      var error = new SqlError(400, 4000, "42601", "SQLParseException[no\nsuch \"thing\"]");
      crate.faults.set(Fault.on("^ALTER", new Fault.Fail(error)));
      var outcome = crate.run("--autoexec", "--log-format", "json", "--table", "t");
      assertEquals(1, outcome.exitCode());
      LoggedEvents logged = outcome.logged();
      JsonNode failed = logged.only("sql_failed");
      assertTrue(failed.path("error").asText().contains("no\nsuch \"thing\""), failed.toString());
      assertTrue(failed.path("stack").asText().contains("ClusterFailure"), failed.toString());
      assertEquals("REFUSED", failed.path("kind").asText());
      assertEquals("ZEROING_FAILED", logged.only("failed").path("cause").asText());
      assertEquals(1, logged.only("run_ended").path("exit_code").asInt());
    }
  }

  @Test
  void an_error_that_ends_the_command_is_json_too() throws Exception {
    for (List<String> typed :
        List.of(
            List.of(
                "problematic-translogs",
                "--autoexec",
                "--log-format",
                "json",
                "--connect",
                "postgresql://127.0.0.1:1/doc"),
            List.of(
                "problematic-translogs",
                "--autoexec",
                "--log-format=JSON",
                "--percentage",
                "0",
                "--connect",
                "sim:drill"),
            List.of(
                "problematic-translogs", "--autoexec", "--log-format", "json", "--no-such\noption"),
            List.of(
                "problematic-translogs",
                "--autoexec",
                "--log-format",
                "json",
                "--backoff",
                "sometimes"),
            List.of(
                "problematic-translogs",
                "--autoexec",
                "--log-format",
                "json",
                "--connect",
                "sim:none"),
            List.of(
                "problematic-translogs",
                "--autoexec",
                "--log-format",
                "json",
                "--connect",
                "sim:drill",
                "--table",
                "no"))) {
      var outcome = Operator.types(folder, typed.toArray(String[]::new));
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertEquals("", outcome.out());
      LoggedEvents logged = outcome.logged();
      JsonNode last = logged.all().get(logged.all().size() - 1);
      assertEquals("error", last.path("event").asText(), typed.toString());
      assertFalse(last.path("error").asText().isEmpty(), typed.toString());
    }
  }

  @Test
  void the_console_speaks_the_handbooks_words_and_shows_no_control_characters() throws Exception {
    try (var crate = new WiredCluster(folder, "\"lease_sync\": 1.5,", TABLES)) {
      var outcome =
          crate.run(
              "--autoexec --lease-sync off --max-wait 3s --backoff fixed:1s --concurrent 4"
                  .split(" "));
      assertEquals(0, outcome.exitCode(), outcome.toString());
      String log = outcome.err();
      String stamp = "(?s).*\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\[INFO\\] ";
      assertTrue(
          log.matches(stamp + "Processing doc\\.t: DETECTED → SETTING_REPLICAS_ZERO\n.*"), log);
      assertTrue(log.contains("Replicas set to 0 (was: 2)\n"), log);
      assertTrue(log.contains("MONITORING_LEASES (attempt 1/3, 1s delay)"), log);
      assertFalse(log.matches("(?s).*[\\u0000-\\u0009\\u000b-\\u001f\\u2028].*"), log);
    }
  }

  @Test
  void quiet_tells_warnings_and_errors_only() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      assertEquals("", crate.run("--autoexec", "--quiet").err());
    }
  }
}
