package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Really sick tables are healed copy by copy, and none is without a replica for it. */
class HealedWithoutAWindowTest {
  private static final String SICK =
      """
      {"name": "doc.t", "shards": 3, "replicas": "1", "size": "3gb", "sick": {"translog": "2gb"}}
      """;
  private static final String TWO_NODES = "\"nodes\": [\"a\", \"b\"],";
  private static final String MOVE = "REROUTE MOVE SHARD";
  private static final String CANCEL = "REROUTE CANCEL SHARD";
  private static final String SET_REPLICAS = "SET .\"number_of_replicas\"";
  private static final String REBALANCE = "^(SET|RESET) GLOBAL.*rebalance.enable";

  @TempDir private Path folder;

  private static LoggedEvents run(WiredCluster crate, int exitCode, String... options) {
    String[] words = {"--autoexec", "--log-format", "json", "--remedy"};
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of(options));
    var outcome = crate.run(all.toArray(String[]::new));
    assertEquals(exitCode, outcome.exitCode(), outcome.toString());
    return outcome.logged();
  }

  @Test
  void each_sick_copy_is_moved_while_rebalancing_is_held_and_the_setting_stays() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      LoggedEvents logged = run(crate, 0, "auto");
      assertEquals(Map.of("doc.t", "moved"), logged.byTable("result", "result"));
      assertEquals(3, crate.log.matching(MOVE).size());
      assertEquals(List.of(), crate.log.matching(SET_REPLICAS));
      assertEquals(2, crate.log.matching(REBALANCE).size());
    }
  }

  @Test
  void an_empty_node_takes_a_copy_also_where_nodes_do_not_tell_what_they_are_for()
      throws Exception {
    String one = SICK.replace("\"shards\": 3", "\"shards\": 1");
    try (var crate = new WiredCluster(folder, "\"version\": \"6.1.2\",", one)) {
      run(crate, 0, "move");
      assertEquals(1, crate.log.matching(MOVE).size());
    }
  }

  @Test
  void it_tells_for_how_long_how_much_of_a_table_had_one_copy_fewer() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      LoggedEvents moved = run(crate, 0, "auto");
      assertEquals(Map.of("doc.t", "0"), moved.byTable("result", "fewer_copies_ms"));
      assertEquals(Map.of("doc.t", "0"), moved.byTable("result", "fewer_copies_bytes"));
    }
    for (String remedy : List.of("rebuild-alone", "reset")) {
      try (var crate = new WiredCluster(folder, TWO_NODES, SICK)) {
        LoggedEvents logged = run(crate, 0, remedy);
        String time = logged.byTable("result", "fewer_copies_ms").get("doc.t");
        assertTrue(Long.parseLong(time) > 0, remedy + ": " + time);
        // All of its primaries, one shard after the other or at once.
        String bytes = logged.byTable("result", "fewer_copies_bytes").get("doc.t");
        assertTrue(Long.parseLong(bytes) >= 9L << 30, remedy + ": " + bytes);
      }
    }
  }

  @Test
  void nobody_knows_for_how_long_where_the_replicas_were_not_waited_for() throws Exception {
    try (var crate = new WiredCluster(folder, TWO_NODES, SICK)) {
      LoggedEvents logged = run(crate, 0, "reset", "--no-wait-recovery");
      assertEquals("null", logged.byTable("result", "fewer_copies_ms").get("doc.t"));
      String least = logged.byTable("result", "fewer_copies_at_least_ms").get("doc.t");
      assertTrue(Long.parseLong(least) > 0, least);
    }
  }

  @Test
  void rebalancing_is_held_for_a_table_too_that_may_be_moved_and_not_reset() throws Exception {
    String unresettable =
        SICK.replace("}}", "}, \"settings\": {\"write.wait_for_active_shards\": \"2\"}}");
    try (var crate = new WiredCluster(folder, "", unresettable)) {
      LoggedEvents logged = run(crate, 0, "auto");
      assertEquals(Map.of("doc.t", "moved"), logged.byTable("result", "result"));
      assertEquals(2, crate.log.matching(REBALANCE).size());
    }
  }

  @Test
  void both_replicas_of_a_shard_are_moved_one_after_the_other() throws Exception {
    String two = SICK.replace("\"1\"", "\"2\"").replace("\"shards\": 3", "\"shards\": 1");
    try (var crate = new WiredCluster(folder, "\"nodes\": [\"a\", \"b\", \"c\", \"d\"],", two)) {
      run(crate, 0, "move");
      assertEquals(2, crate.log.matching(MOVE).size());
    }
  }

  @Test
  void with_two_nodes_one_shard_after_the_other_is_rebuilt_beside_its_primary() throws Exception {
    try (var crate = new WiredCluster(folder, TWO_NODES, SICK)) {
      LoggedEvents logged = run(crate, 0, "auto");
      assertEquals(Map.of("doc.t", "rebuilt"), logged.byTable("result", "result"));
      assertEquals(3, crate.log.matching(CANCEL).size());
      assertEquals(List.of(), crate.log.matching(MOVE));
      assertEquals(List.of(), crate.log.matching(SET_REPLICAS));
    }
  }

  @Test
  void operations_that_no_replica_can_replay_are_committed_before_a_copy_is_rebuilt()
      throws Exception {
    String unreplayable = SICK.replace("\"2gb\"}", "\"2gb\", \"unreplayable\": true}");
    try (var crate = new WiredCluster(folder, TWO_NODES, unreplayable)) {
      run(crate, 0, "rebuild-alone");
      assertEquals(List.of(), crate.log.matching("RETRY FAILED"));
    }
  }

  @Test
  void what_is_not_named_is_not_done_and_the_table_is_left_as_it_is() throws Exception {
    try (var crate = new WiredCluster(folder, TWO_NODES, SICK)) {
      LoggedEvents logged = run(crate, 1, "move,rebuild");
      assertEquals(Map.of("doc.t", "not started"), logged.byTable("result", "result"));
      assertEquals(List.of(), crate.log.matching("^ALTER|^OPTIMIZE"));
    }
  }

  @Test
  void where_cratedb_refuses_a_move_the_next_remedy_is_tried() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      var error = new SqlError(400, 4000, "XX000", "[NO(node is too full)]");
      crate.faults.set(Fault.on(MOVE, new Fault.Fail(error)));
      LoggedEvents logged = run(crate, 0, "auto");
      assertEquals(Map.of("doc.t", "rebuilt"), logged.byTable("result", "result"));
      assertEquals(List.of(), crate.log.matching(SET_REPLICAS));
    }
  }

  @Test
  void a_stop_in_the_middle_of_a_move_has_nothing_to_put_back_but_the_rebalancing()
      throws IOException {
    try (var crate = new WiredCluster(folder, "\"recovery\": 3600,", SICK)) {
      RunningCommand run = crate.start("--autoexec", "--remedy", "auto");
      crate.log.nth(MOVE, 1).join();
      run.send("TERM");
      assertEquals(143, run.exitCode());
      assertEquals(1, crate.log.matching(MOVE).size());
      assertEquals(List.of(), crate.log.matching(SET_REPLICAS));
      assertTrue(crate.log.matching(REBALANCE).get(1).startsWith("RESET"));
    }
  }

  @Test
  void a_word_that_is_no_remedy_is_refused_and_nothing_is_sent() throws Exception {
    try (var crate = new WiredCluster(folder, "", SICK)) {
      var outcome = crate.run("--autoexec", "--remedy", "move,shake");
      assertEquals(1, outcome.exitCode());
      assertTrue(outcome.err().startsWith("xmover: --remedy: 'shake' is no remedy"), outcome.err());
      assertEquals(List.of(), crate.log.arrivals());
    }
  }
}
