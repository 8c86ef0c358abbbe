package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told before anything is sent. */
class PlanTest {
  private static final String SICK =
      """
      {"name": "doc.t", "shards": 2, "replicas": "1", "size": "2gb", "sick": {"translog": "2gb"}}
      """;
  private static final String ON_EVERY_NODE =
      SICK.replace("doc.t", "doc.u").replace("\"1\"", "\"2\"");
  private static final String FOUR_NODES = "\"nodes\": [\"a\", \"b\", \"c\", \"d\"],";
  private static final String TWO_NODES = "\"nodes\": [\"a\", \"b\"],";
  private static final String SNAPSHOT =
      "\"snapshots\": [{\"repository\": \"r\", \"name\": \"old\", \"tables\": [\"doc.t\"],"
          + " \"begins\": -18010, \"seconds\": 5}],";

  @TempDir private Path folder;

  private static Fault.Fail hidden() {
    return new Fault.Fail(new SqlError(404, 4041, "42P01", "Relation 'sys.snapshots' unknown"));
  }

  private static JsonNode plan(WiredCluster crate, String... options) {
    var all = new ArrayList<>(List.of("--autoexec", "--dry-run", "--log-format", "json"));
    all.addAll(List.of(options));
    return crate.run(all.toArray(String[]::new)).logged().only("plan");
  }

  private static String text(WiredCluster crate, String... options) {
    var all = new ArrayList<>(List.of("--autoexec", "--dry-run"));
    all.addAll(List.of(options));
    return crate.run(all.toArray(String[]::new)).out();
  }

  @Test
  void each_copy_is_told_from_where_to_where_with_its_bytes_its_time_and_the_copies_left()
      throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      for (JsonNode copy : plan(crate, "--remedy", "auto").path("copies")) {
        assertEquals("move", copy.path("remedy").asText());
        assertFalse(copy.path("from").asText().equals(copy.path("to").asText()), copy.toString());
        double seconds = copy.path("bytes").asLong() / 40.0 / 1024 / 1024;
        assertTrue(seconds > 40, copy.toString());
        assertEquals((long) Math.ceil(seconds), copy.path("about_seconds").asLong());
        assertEquals(2, copy.path("copies_meanwhile").asLong());
      }
      String text = text(crate, "--remedy", "auto");
      String words = "move of 2 copies, one after the other; \\d.\\d GB to copy, about \\d+ s\n";
      assertTrue(Pattern.compile(words).matcher(text).find(), text);
      assertTrue(text.contains("\n1 to heal without a reset, 0 to reset, 0 not\n"), text);
    }
  }

  @Test
  void the_plan_moves_the_copies_that_the_run_then_moves_to_the_same_nodes() throws Exception {
    String two = SICK.replace("\"1\"", "\"2\"");
    try (var crate = new WiredCluster(folder, FOUR_NODES, two)) {
      List<String> told = new ArrayList<>();
      plan(crate, "--remedy", "move").path("sql").forEach(sql -> told.add(sql.asText()));
      assertEquals(List.of(), crate.log.matching("^ALTER"));
      var run = crate.run("--autoexec", "--remedy", "move");
      assertEquals(0, run.exitCode(), run.toString());
      assertEquals(4, crate.log.matching("REROUTE MOVE").size());
      assertEquals(crate.log.matching("^(ALTER|OPTIMIZE)"), told);
    }
  }

  @Test
  void how_long_it_takes_is_unknown_while_the_speed_cannot_be_read() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      crate.faults.set(Fault.on("max_bytes_per_sec", hidden()));
      assertTrue(text(crate, "--remedy", "auto").contains("GB to copy, unknown how long"));
    }
  }

  @Test
  void a_copy_that_is_rebuilt_alone_is_told_to_leave_one_and_what_snapshot_has_it()
      throws Exception {
    try (var crate = new WiredCluster(folder, TWO_NODES + SNAPSHOT, SICK)) {
      JsonNode plan = plan(crate, "--remedy", "auto");
      assertEquals("rebuild-alone", plan.at("/copies/0/remedy").asText());
      assertEquals(1, plan.at("/copies/0/copies_meanwhile").asLong());
      assertEquals(5, plan.at("/snapshot/age_seconds").asLong() / 3600);
    }
  }

  @Test
  void before_a_reset_the_plan_tells_the_snapshot_or_that_there_is_none_or_that_nobody_knows()
      throws Exception {
    try (var crate = new WiredCluster(folder, SNAPSHOT, SICK)) {
      String text = text(crate);
      assertTrue(text.contains("\n-- the newest snapshot with it is 5 h old\n"), text);
      crate.faults.set(Fault.on("sys.snapshots", hidden()));
      text = text(crate, "--ignore-gate", "snapshot");
      assertTrue(text.contains("\n-- whether a snapshot has it is unknown: "), text);
    }
    try (var crate = new WiredCluster(folder, SNAPSHOT.replace("doc.t", "doc.u"), SICK)) {
      String text = text(crate);
      assertTrue(text.contains("\n-- sys.snapshots shows no successful snapshot with it\n"), text);
    }
  }

  @Test
  void a_plan_that_moves_asks_for_no_snapshot() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      assertTrue(plan(crate, "--remedy", "auto").path("snapshot").isMissingNode());
      assertEquals(List.of(), crate.log.matching("sys.snapshots"));
    }
  }

  @Test
  void a_partition_is_in_a_snapshot_under_its_own_name() throws Exception {
    String partitioned =
        """
        {"name": "doc.t", "shards": 1, "replicas": "1", "partitioned_by": ["v"], "partitions": [
          {"values": ["eu"], "stuck_translog": "2gb"}]}
        """;
    try (var crate = new WiredCluster(folder, SNAPSHOT, partitioned)) {
      assertEquals(5, plan(crate).at("/snapshot/age_seconds").asLong() / 3600);
    }
  }

  @Test
  void a_required_snapshot_that_is_older_or_missing_or_unreadable_refuses_a_reset()
      throws Exception {
    String[] run = {"--autoexec", "--log-format", "json", "--require-snapshot"};
    try (var crate = new WiredCluster(folder, SNAPSHOT, SICK)) {
      assertRefused(crate, run, "4h");
      crate.faults.set(Fault.on("unnest", hidden()));
      assertRefused(crate, run, "6h");
      crate.faults.set();
      assertEquals(0, crate.run(with(run, "6h")).exitCode());
    }
    try (var crate = new WiredCluster(folder, SNAPSHOT.replace("doc.t", "doc.u"), SICK)) {
      assertRefused(crate, run, "90d");
      assertEquals(0, crate.run(with(run, "90d", "--ignore-gate", "snapshot-age")).exitCode());
    }
  }

  private static void assertRefused(WiredCluster crate, String[] run, String age) {
    var outcome = crate.run(with(run, age));
    assertEquals(1, outcome.exitCode(), outcome.toString());
    assertEquals(Map.of("doc.t", "refused"), outcome.logged().byTable("result", "result"));
    assertEquals(List.of(), crate.log.matching("^ALTER"));
  }

  private static String[] with(String[] words, String... more) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void a_move_needs_no_snapshot() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      var run = crate.run("--autoexec", "--remedy", "auto", "--require-snapshot", "24h");
      assertEquals(0, run.exitCode(), run.toString());
    }
  }

  @Test
  void the_plan_of_a_reset_tells_how_many_tables_need_no_window() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK + "," + ON_EVERY_NODE)) {
      String hint = "1 of 2 tables can be healed with all their copies in place: --remedy auto\n";
      String text = text(crate);
      assertTrue(text.endsWith(hint), text);
      assertEquals(
          2,
          crate.log.matching("sys.shards\\s+WHERE table_name IN").size(),
          "two looks for all tables");
      var reset = crate.types("reset", "--dry-run", "doc.t");
      assertTrue(
          reset.out().endsWith("with all its copies in place: --remedy auto\n"), reset.out());
    }
  }

  @Test
  void no_way_without_a_window_is_told_where_there_is_none_or_the_copies_cannot_be_read()
      throws Exception {
    try (var crate = new WiredCluster(folder, TWO_NODES, SICK)) {
      assertTrue(text(crate).endsWith("\n1 to reset, 0 not\n"));
    }
    try (var crate = new WiredCluster(folder, "", SICK)) {
      crate.faults.set(Fault.on("WHERE table_name IN", hidden()));
      assertTrue(text(crate).endsWith("\n1 to reset, 0 not\n"));
    }
  }

  @Test
  void while_rebalancing_is_held_the_plan_tells_how_many_shards_the_nodes_then_have()
      throws Exception {
    try (var crate = new WiredCluster(folder, FOUR_NODES, SICK)) {
      String text = text(crate, "--remedy", "move", "--hold-rebalance");
      assertTrue(text.contains("Once rebalancing is on again CrateDB may move shards"), text);
      assertFalse(text(crate).contains("Once rebalancing"), "it is not held");
    }
  }
}
