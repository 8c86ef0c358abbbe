package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.gates.view.HealthView;
import xmover.reset.GateVerdict;
import xmover.reset.GateVerdict.Answer;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/** A scenario for each gate: the statements of the gates, asked of a simulated cluster. */
class GateScenariosTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String HEALTHY = "";

  /** The history of a run and the privileges of a user are no part of a scenario's file. */
  private static final Set<String> OTHERWISE = Set.of("recurrence", "privilege");

  private static List<GateVerdict> asked(String cluster, String table) {
    return new GateBench(cluster, table).asked(IgnoredGates.NONE, SOON);
  }

  private static Set<String> shut(List<GateVerdict> verdicts) {
    return verdicts.stream()
        .filter(GateVerdict::isShut)
        .map(GateVerdict::gate)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void where_all_is_well_every_gate_is_open() {
    List<GateVerdict> verdicts = asked(HEALTHY, HEALTHY);
    assertEquals(Preflight.NAMES, verdicts.stream().map(GateVerdict::gate).toList());
    verdicts.forEach(v -> assertEquals(Answer.OPEN, v.answer(), v.toString()));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          version | "version": "6.3.1", | , "created": "5.4.7" | would destroy its data
          health | "settings": {"gateway.expected_data_nodes": 4}, | | 3 data nodes of 4
          health others | "events": [{"at": 2, "kill": "c"}], | | c left the cluster since the run began
          table health | | , "unsettled": [{"shard": 1, "replica": 0, "state": "INITIALIZING"}] | primary 1 on
          table | | , "unsettled": [{"shard": 0, "replica": 0, "state": "RELOCATING"}] | is RELOCATING
          table | | , "unsettled": [{"shard": 0, "replica": 1, "state": "INITIALIZING"}] | replica 0 on
          table | | , "unsettled": [{"shard": 1, "replica": 1, "state": "UNASSIGNED"}] | 1 replicas of shard 1 are UNASSIGNED
          table | "events": [{"at": 4, "relocate": "doc.t", "shard": 0, "seconds": 60}], | | RELOCATING
          allocation | "settings": {"cluster.routing.allocation.enable": "none"}, | | cluster.routing.allocation.enable is 'none'
          allocation | | , "settings": {"routing.allocation.enable": "primaries"} | its routing.allocation.enable is 'primaries'
          disk | "disk": "100gb", "disks": {"a": {"used": "91%"}, "b": {"used": "91%"}, "c": {"used": "91%"}}, | | watermark
          disk | "disk": "100gb", "disks": {"a": {"used": "96%"}}, | | a is in flood stage
          shard-limit | "settings": {"cluster.max_shards_per_node": 1}, | | the restore would be refused
          active-shards | | , "settings": {"write.wait_for_active_shards": "2"} | forbids 0 replicas
          blocks | | , "settings": {"blocks.read_only": true} | read-only
          blocks | | , "settings": {"blocks.read_only_allow_delete": true} | read-only
          blocks | | , "settings": {"blocks.metadata": true} | blocks.metadata is set
          snapshot | "snapshots": [{"repository": "r", "name": "nightly", "begins": 2}, {"repository": "r", "name": "older", "tables": ["doc.t"], "begins": -9, "seconds": 1}], | | a snapshot is being taken: r.nightly
          snapshot-age | "snapshots": [{"repository": "r", "name": "other", "tables": ["doc.u"], "begins": -9, "seconds": 1}], | | no successful snapshot with it
          snapshot-age | "snapshots": [{"repository": "r", "name": "old", "tables": ["doc.t"], "begins": -90000, "seconds": 1}], | | the newest snapshot with it is
          others | "jobs": [{"user": "alice", "statement": "OPTIMIZE TABLE doc.t", "begins": 2}], | | somebody is changing it: alice
          others | "jobs": [{"user": "alice", "statement": "ALTER TABLE doc.t SET (refresh_interval = 500)", "begins": 1, "seconds": 1}], | | somebody changed it since it was detected: alice
          others | "events": [{"at": 2, "execute": "ALTER TABLE doc.t SET (number_of_replicas = '0-1')"}], | | number_of_replicas was 1 and is 0-1
          """)
  void a_gate_refuses_what_it_is_there_for_and_no_other_does(
      String gates, String cluster, String table, String reason) {
    List<GateVerdict> verdicts =
        asked(cluster == null ? HEALTHY : cluster, table == null ? HEALTHY : table);
    assertEquals(new TreeSet<>(List.of(gates.split(" "))), shut(verdicts), verdicts.toString());
    assertTrue(
        verdicts.stream().anyMatch(v -> v.isShut() && v.reason().contains(reason)),
        verdicts.toString());
  }

  @Test
  void every_gate_has_a_scenario() throws NoSuchMethodException {
    String table =
        GateScenariosTest.class
            .getDeclaredMethod(
                "a_gate_refuses_what_it_is_there_for_and_no_other_does",
                String.class,
                String.class,
                String.class,
                String.class)
            .getAnnotation(CsvSource.class)
            .textBlock();
    Set<String> tried = new TreeSet<>(OTHERWISE);
    for (String row : table.lines().toList()) {
      tried.addAll(List.of(row.substring(0, row.indexOf('|')).strip().split(" ")));
    }
    assertEquals(new TreeSet<>(Preflight.NAMES), tried);
  }

  @Test
  void a_primary_missing_anywhere_shuts_the_health_gate() {
    List<GateVerdict> verdicts = asked("\"events\": [{\"at\": 1, \"kill\": \"a\"}],", HEALTHY);
    assertTrue(shut(verdicts).contains("health"), verdicts.toString());
  }

  @Test
  void a_node_that_comes_back_is_believed_after_three_readings_that_agree() {
    var bench =
        new GateBench(
            "\"events\": [{\"at\": 0.5, \"kill\": \"c\"}, {\"at\": 4, \"revive\": \"c\"}],",
            HEALTHY);
    GateVerdict health =
        bench.asked(IgnoredGates.NONE, Duration.ofMillis(4_100)).stream()
            .filter(v -> v.gate().equals("health"))
            .findFirst()
            .orElseThrow();
    assertEquals(Answer.OPEN, health.answer(), health.toString());
    Duration since = bench.timers.passed().minusSeconds(4);
    assertTrue(since.compareTo(HealthView.SPAN) > 0, "believed after " + since);
  }

  @Test
  void leases_of_a_logical_replication_are_told_and_refuse_nothing() {
    List<GateVerdict> verdicts = asked(HEALTHY, ", \"subscriber\": \"SUB\"");
    assertEquals(Set.of(), shut(verdicts), verdicts.toString());
    GateVerdict told =
        verdicts.stream().filter(v -> v.answer() == Answer.TOLD).findFirst().orElseThrow();
    assertTrue(told.reason().contains("logical_replication:SUB"), told.toString());
  }

  @Test
  void a_table_that_was_reset_three_times_this_week_is_refused() {
    var bench = new GateBench(HEALTHY, HEALTHY);
    for (int day = 1; day <= 3; day++) {
      Instant at = bench.timers.now().minus(Duration.ofDays(day));
      var run = new RunIdentity("run-" + day, "ops", "laptop", at);
      var table = TableRef.of("doc", "t");
      bench.history.add(new PastReset(run, table, Remedy.RESET, PastReset.Outcome.CURED, "", at));
    }
    List<GateVerdict> verdicts = bench.asked(IgnoredGates.NONE, SOON);
    assertEquals(Set.of("recurrence"), shut(verdicts), verdicts.toString());
  }

  @Test
  void an_ignored_gate_says_what_it_saw_and_the_others_stay_shut() {
    String spoilt = "\"settings\": {\"cluster.routing.allocation.enable\": \"none\"},";
    List<GateVerdict> verdicts =
        new GateBench(spoilt, ", \"settings\": {\"blocks.read_only\": true}")
            .asked(IgnoredGates.of(List.of("allocation")), SOON);
    assertEquals(Set.of("blocks"), shut(verdicts), verdicts.toString());
    assertTrue(
        verdicts.stream()
            .anyMatch(v -> v.answer() == Answer.IGNORED && v.reason().contains("is 'none'")),
        verdicts.toString());
  }
}
