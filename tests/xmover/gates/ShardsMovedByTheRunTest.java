package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xmover.cluster.sql.Sql;
import xmover.reset.GateVerdict;
import xmover.reset.RunEvent;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * CrateDB moved shards because a run had dropped replicas, and the run refused the next tables for
 * it.
 */
class ShardsMovedByTheRunTest {
  private static Set<String> shut(GateBench bench) {
    return bench.asked(IgnoredGates.NONE, Duration.ofSeconds(5)).stream()
        .filter(GateVerdict::isShut)
        .map(GateVerdict::gate)
        .collect(Collectors.toSet());
  }

  @Test
  void a_move_that_is_over_soon_is_waited_for() {
    var bench = new GateBench(moving(4, 4), "");
    assertEquals(Set.of(), shut(bench));
    assertEquals(1, bench.awaited.size(), bench.awaited.toString());
  }

  @Test
  void a_long_move_is_waited_for_only_where_the_run_may_have_caused_it() {
    var before = new GateBench(moving(4, 100), "");
    assertEquals(Set.of("table"), shut(before));
    var after = new GateBench(moving(4, 100), "");
    after.sent.on(
        new RunEvent.Sending(Sql.setReplicas(TableRef.of("doc", "u"), ReplicaSetting.ZERO)));
    assertEquals(Set.of(), shut(after));
    assertTrue(after.timers.passed().compareTo(Duration.ofSeconds(104)) > 0, "it waited");
  }

  @Test
  void a_move_while_rebalancing_is_held_is_none_of_the_runs() {
    var bench = new GateBench(moving(4, 100), "");
    bench.sent.on(new RunEvent.Sending(Sql.setRebalance("none")));
    bench.sent.on(
        new RunEvent.Sending(Sql.setReplicas(TableRef.of("doc", "u"), ReplicaSetting.ZERO)));
    assertEquals(Set.of("table"), shut(bench));
  }

  @Test
  void what_does_not_pass_in_time_is_refused() {
    var bench = new GateBench(moving(4, 1000), "");
    bench.sent.on(
        new RunEvent.Sending(Sql.setReplicas(TableRef.of("doc", "u"), ReplicaSetting.ZERO)));
    assertEquals(Set.of("table"), shut(bench));
  }

  private static String moving(int at, int seconds) {
    return "\"events\": [{\"at\": %d, \"relocate\": \"doc.t\", \"shard\": 0, \"seconds\": %d}],"
        .formatted(at, seconds);
  }
}
