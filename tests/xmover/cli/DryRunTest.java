package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import cratesim.StatementLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dry run tells what a run does, and writes nothing: held against what came over the wire. */
class DryRunTest {
  private static final String TABLES =
      """
      {"name": "doc.it's", "shards": 2, "replicas": "2", "stuck_translog": "9gb"},
      {"name": "doc.second", "shards": 1, "replicas": "0-1", "stuck_translog": "3gb"},
      {"name": "doc.third", "shards": 1, "replicas": "1-all", "stuck_translog": "2.5gb"},
      {"name": "doc.zero", "shards": 1, "replicas": "0", "stuck_translog": "2.5gb"},
      {"name": "doc.p", "shards": 1, "replicas": "1", "partitioned_by": ["v"], "partitions": [
        {"values": ["eu:west {1}"], "stuck_translog": "2gb"},
        {"values": [null], "replicas": "0-all", "stuck_translog": "2gb"}]},
      {"name": "blob.pics", "shards": 1, "replicas": "1", "stuck_translog": "2gb"}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void it_prints_the_sql_that_the_run_then_sends_table_by_table(String leaseSync) throws Exception {
    try (var crate = new WiredCluster(folder, "\"lease_sync\": 0.5,", TABLES)) {
      var plan = crate.run("--autoexec", "--dry-run", "--lease-sync", leaseSync);
      assertEquals(0, plan.exitCode(), plan.err());
      assertWroteNothing(crate.log);
      List<String> told =
          plan.out()
              .lines()
              .filter(line -> line.startsWith("  "))
              .map(line -> line.strip().replaceFirst(";$", ""))
              .toList();
      var run = crate.run("--autoexec", "--lease-sync", leaseSync, "--backoff", "fixed:100ms");
      assertEquals(0, run.exitCode(), run.err());
      assertEquals(
          18, told.size(), "to 0, a commit with or without lease sync, and back, of six tables");
      assertEquals(writes(crate.log), told);
    }
  }

  @Test
  void it_tells_what_holds_rebalancing_and_what_puts_it_back() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      var plan = crate.run("--autoexec", "--dry-run", "--hold-rebalance", "--log-format", "json");
      assertWroteNothing(crate.log);
      List<String> around = new ArrayList<>();
      plan.logged().only("plan_around_all").path("sql").forEach(sql -> around.add(sql.asText()));
      assertEquals(
          List.of(
              "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none'",
              "RESET GLOBAL \"cluster.routing.rebalance.enable\""),
          around);
    }
  }

  @Test
  void in_json_it_is_an_event_per_table() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      var outcome = crate.run("--autoexec", "--dry-run", "--log-format", "json");
      assertWroteNothing(crate.log);
      assertEquals("", outcome.out());
      List<JsonNode> plans = outcome.logged().named("plan");
      assertEquals(6, plans.size());
      List<String> told = new ArrayList<>();
      for (JsonNode plan : plans) {
        plan.path("sql").forEach(sql -> told.add(sql.asText()));
      }
      crate.run("--autoexec");
      assertEquals(writes(crate.log), told);
    }
  }

  @Test
  void it_tells_the_wait_and_what_will_be_copied_back_and_what_is_left_out() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      String plan =
          crate.run("--autoexec", "--dry-run", "--max-tables", "2", "--lease-sync", "off").out();
      assertTrue(plan.startsWith("\nDry run: nothing was written.\n"), plan);
      assertTrue(plan.contains("up to 30 s (the lease sync interval of CrateDB 6.3.7)"), plan);
      assertTrue(plan.contains("to copy back"), plan);
      assertTrue(plan.contains("\n2 to reset, 4 not\n"), plan);
    }
  }

  private static void assertWroteNothing(StatementLog log) {
    assertTrue(log.arrivals().size() >= 10, "read for real");
    assertEquals(List.of(), log.matching("^(?!\\s*SELECT)"));
  }

  private static List<String> writes(StatementLog log) {
    return log.matching("^(?!\\s*SELECT)");
  }
}
