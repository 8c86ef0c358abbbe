package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.TestResults;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** Tables that a dead run left at zero are put back, whatever keeps new ones from starting. */
class BegunTablesTest {
  private final ResetBench bench =
      new ResetBench(
          "{\"name\": \"doc.a\", \"shards\": 1, \"replicas\": \"0\"}",
          "{\"name\": \"doc.b\", \"shards\": 1, \"replicas\": \"0\"}");
  private final Map<TableRef, JournalEntry> begun = new LinkedHashMap<>();

  @BeforeEach
  void died() {
    var dead = new RunIdentity("dead", "ops", "laptop", Instant.parse("2024-01-15T09:00:00Z"));
    for (String name : List.of("a", "b")) {
      TableRef table = TableRef.of("doc", name);
      begun.put(
          table,
          new JournalEntry(
              dead,
              table,
              new ReplicaSetting("1"),
              1,
              ResetState.MONITORING_LEASES,
              Optional.empty(),
              bench.timers.now().minus(Duration.ofMinutes(1))));
    }
  }

  private List<Finding> findings() {
    return begun.keySet().stream()
        .map(table -> TestResults.of(table, "completed").finding())
        .toList();
  }

  private AutoExecOrchestrator orchestrator(boolean unreachable) {
    return new AutoExecOrchestrator(
        bench.context(), RunLimits.concurrent(1), () -> unreachable, begun);
  }

  private void areBack(RunReport report) {
    assertEquals("1", bench.replicas("a"));
    assertEquals("1", bench.replicas("b"));
    assertEquals(0, report.critical().size());
  }

  @Test
  void a_run_that_is_stopped_puts_back_those_whose_turn_has_not_come() {
    var orchestrator = orchestrator(false);
    Future<RunReport> report = orchestrator.run(findings());
    orchestrator.stop("SIGTERM");
    areBack(bench.timers.run(report));
  }

  @Test
  void a_run_that_was_stopped_before_it_began_puts_them_back_at_once() {
    bench.policy = ResetBench.HANDBOOK;
    var orchestrator = orchestrator(false);
    orchestrator.stop("SIGTERM");
    areBack(bench.timers.run(orchestrator.run(findings())));
    assertEquals(0, bench.link.sent().stream().filter(s -> s.text().contains("leases")).count());
  }

  @Test
  void an_open_breaker_keeps_nothing_at_zero() {
    areBack(bench.timers.run(orchestrator(true).run(findings())));
  }

  @Test
  void a_pause_keeps_nothing_at_zero() {
    var orchestrator = orchestrator(false);
    orchestrator.pause();
    areBack(bench.timers.run(orchestrator.run(findings())));
  }

  @Test
  void one_that_can_not_be_restored_keeps_no_other_at_zero() {
    bench.link.always(
        "\"doc\".\"a\" SET (\"number_of_replicas\" = '1'", FaultyCluster.fail(Kind.REFUSED));
    RunReport report = bench.timers.run(orchestrator(false).run(findings()));
    assertEquals(1, report.critical().size());
    assertEquals("1", bench.replicas("b"));
  }
}
