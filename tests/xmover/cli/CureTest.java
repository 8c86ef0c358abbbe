package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of tables whose setting is back, over the wire. */
class CureTest {
  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 2, "replicas": "1", "size": "3gb", "stuck_translog": "9gb"},
      {"name": "doc.u", "shards": 1, "replicas": "1", "size": "1gb", "stuck_translog": "5gb"}
      """;
  private static final String NEVER = "\"recovery\": 3600,";

  @TempDir private Path folder;

  @Test
  void a_table_that_is_back_and_not_healed_is_told_with_exit_code_3() throws Exception {
    try (var crate = new WiredCluster(folder, NEVER, TABLES)) {
      var outcome = crate.run("--autoexec", "--recovery-timeout", "1s", "--log-format", "json");
      assertEquals(3, outcome.exitCode(), outcome.toString());
      LoggedEvents logged = outcome.logged();
      assertEquals(
          Map.of("doc.t", "not cured", "doc.u", "not cured"), logged.byTable("result", "result"));
      assertEquals(Set.of("doc.t", "doc.u"), logged.byTable("not_cured", "reason").keySet());
      assertEquals(2, logged.only("run_ended").path("not_cured").asInt());
    }
  }

  @Test
  void without_waiting_it_is_done_when_the_setting_is_back() throws Exception {
    try (var crate = new WiredCluster(folder, NEVER, TABLES)) {
      var outcome = crate.run("--autoexec", "--no-wait-recovery", "--log-format", "json");
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertEquals(
          Map.of("doc.t", "not_awaited", "doc.u", "not_awaited"),
          outcome.logged().byTable("result", "cure"));
    }
  }

  @Test
  void a_program_reads_the_cure_its_reason_and_the_bytes_before_and_after() throws Exception {
    try (var crate = new WiredCluster(folder, "\"recovery\": 6,", TABLES)) {
      var outcome = crate.run("--autoexec", "--log-format", "json");
      assertEquals(0, outcome.exitCode(), outcome.toString());
      LoggedEvents logged = outcome.logged();
      JsonNode result =
          logged.named("result").stream()
              .filter(told -> told.path("table").asText().equals("doc.t"))
              .findFirst()
              .orElseThrow();
      assertEquals("completed", result.path("result").asText());
      assertEquals("cured", result.path("cure").asText());
      assertTrue(result.path("cure_reason").asText().contains("STARTED"), result.toString());
      assertTrue(result.path("recovery_ms").asLong() > 0, result.toString());
      assertTrue(result.path("bytes_before").asLong() > 8L << 30, result.toString());
      assertEquals(55, result.path("bytes_after").asLong());
      assertEquals(2, logged.named("cured").size());
      assertEquals(0, logged.only("run_ended").path("not_cured").asInt());
      List<JsonNode> recovering = logged.named("recovering");
      assertEquals(2, recovering.get(0).path("started").asInt(), recovering.toString());
      assertEquals(4, recovering.get(0).path("copies").asInt(), recovering.toString());
    }
  }

  @Test
  void a_stop_ends_the_wait_for_replicas_and_every_setting_is_back() throws Exception {
    try (var crate = new WiredCluster(folder, NEVER, TABLES)) {
      var outcome =
          crate.run(
              "--autoexec", "--concurrent", "2", "--max-runtime", "12s", "--log-format", "json");
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertEquals(
          Map.of("doc.t", "completed", "doc.u", "completed"),
          outcome.logged().byTable("result", "result"));
      assertEquals(2, crate.log.matching("^ALTER.*= '1'").size());
    }
  }

  @Test
  void a_table_larger_than_may_be_exposed_is_not_started_and_the_others_are() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      var outcome = crate.run("--autoexec", "--max-exposed-bytes", "2GB", "--log-format", "json");
      assertEquals(3, outcome.exitCode(), outcome.toString());
      assertEquals(
          Map.of("doc.t", "not started", "doc.u", "completed"),
          outcome.logged().byTable("result", "result"));
      assertEquals(0, crate.log.matching("^ALTER.*\"t\"").size());
      assertEquals(2, crate.log.matching("^ALTER.*\"u\"").size());
    }
  }
}
