package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that CrateDB could not build five times stayed UNASSIGNED for good: XMover did not see
 * it, and gate {@code table} refused whatever would have helped.
 */
class CopyGivenUpTest {
  private static final String HEALTHY =
      """
      {"name": "doc.t", "shards": 2, "replicas": "1", "size": "1gb", "unsettled": [
        {"shard": 0, "replica": 1, "state": "FAILED"},
        {"shard": 1, "replica": 1, "state": "FAILED"}]}
      """;
  private static final String FLUSH = "^OPTIMIZE TABLE .*flush = true";
  private static final String RETRY = "RETRY FAILED";
  private static final String ALLOCATIONS = "FROM sys.allocations";

  @TempDir private Path folder;

  private WiredCluster crate(String table) throws Exception {
    return new WiredCluster(folder, "", table);
  }

  private static String[] remedy(String remedy) {
    return new String[] {"--autoexec", "--log-format", "json", "--remedy", remedy};
  }

  private static List<List<Object>> unassigned(WiredCluster crate) throws SqlError {
    return crate.rows("SELECT id FROM sys.shards WHERE routing_state = 'UNASSIGNED'");
  }

  @Test
  void the_analysis_names_it_with_the_cause_and_what_mends_it() throws Exception {
    try (var crate = crate(HEALTHY)) {
      var text = crate.run().out();
      assertTrue(
          text.contains(
              "doc.t: CrateDB gave a replica of shard 0 up after 5 failed attempts:"
                  + " java.lang.IllegalArgumentException: an operation can't be replayed"),
          text);
      assertTrue(
          text.contains(
              "OPTIMIZE TABLE \"doc\".\"t\" WITH (flush = true, max_num_segments = 10000); ALTER"
                  + " CLUSTER REROUTE RETRY FAILED;"),
          text);
      var json = crate.run("--output", "json").json();
      assertEquals(2, json.get("given_up").size());
      assertEquals(5, json.at("/given_up/1/failed_attempts").intValue());
      assertEquals("skip", json.at("/tables/0/action").asText());
    }
  }

  @Test
  void auto_has_every_such_copy_built_though_no_replica_holds_much() throws Exception {
    try (var crate = crate(HEALTHY)) {
      var outcome = crate.run(remedy("auto"));
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertEquals(Map.of("doc.t", "rebuilt"), outcome.logged().byTable("result", "result"));
      assertEquals(List.of(), unassigned(crate));
      assertEquals(1, crate.log.matching(RETRY).size());
      assertFalse(crate.log.matching(FLUSH).isEmpty());
      assertEquals(List.of(), crate.log.matching("^ALTER TABLE"));
    }
  }

  @Test
  void a_reset_is_not_what_it_needs() throws Exception {
    try (var crate = crate(HEALTHY)) {
      var outcome = crate.run(remedy("reset"));
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertEquals(2, outcome.logged().named("copy_given_up").size());
      assertEquals(List.of(), crate.log.matching("^ALTER|^OPTIMIZE"));
    }
  }

  @Test
  void without_the_privilege_the_statement_to_type_is_told_and_nothing_is_reset() throws Exception {
    try (var crate = crate(HEALTHY)) {
      var error = new SqlError(401, 4011, "XX000", "Missing 'AL' privilege for user 'ann'");
      crate.faults.set(Fault.on(RETRY, new Fault.Fail(error)));
      var outcome = crate.run(remedy("auto"));
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertTrue(
          outcome.err().contains("With the privilege AL type: ALTER CLUSTER REROUTE RETRY FAILED;"),
          outcome.err());
      assertEquals(List.of(), crate.log.matching("^ALTER TABLE"));
    }
  }

  @Test
  void what_fails_five_times_again_is_told_and_not_waited_for() throws Exception {
    String incurable = "\"stuck_translog\": \"9mb\", \"incurable\": \"unassigned\", \"unsettled\"";
    try (var crate = crate(HEALTHY.replace("\"unsettled\"", incurable))) {
      var outcome = crate.run(remedy("auto"));
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertTrue(
          outcome.err().contains("again CrateDB gave a replica of shard 0 up"), outcome.err());
    }
  }

  @Test
  void a_dry_run_tells_both_statements() throws Exception {
    try (var crate = crate(HEALTHY)) {
      var outcome =
          crate.run("--autoexec", "--dry-run", "--remedy", "auto", "--log-format", "json");
      assertEquals(0, outcome.exitCode(), outcome.toString());
      Map<String, String> second = outcome.logged().byTable("plan", "sql/1");
      assertEquals(Map.of("doc.t", "ALTER CLUSTER REROUTE RETRY FAILED"), second);
      assertEquals(List.of(), crate.log.matching("^ALTER|^OPTIMIZE"));
    }
  }

  @Test
  void where_that_can_not_be_read_it_is_told_as_unknown() throws Exception {
    try (var crate = crate(HEALTHY)) {
      var error = new SqlError(500, 5000, "XX000", "the master is away");
      crate.faults.set(Fault.on(ALLOCATIONS, new Fault.Fail(error)));
      var outcome = crate.run();
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertTrue(
          outcome.out().contains("Whether CrateDB gave them up could not be read: "),
          outcome.out());
    }
  }

  @Test
  void where_every_copy_reports_nobody_is_asked() throws Exception {
    try (var crate = crate("{\"name\": \"doc.t\", \"shards\": 2, \"replicas\": \"1\"}")) {
      crate.run();
      assertEquals(List.of(), crate.log.matching(ALLOCATIONS));
    }
  }
}
