package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.Exposure;
import xmover.reset.Gate;
import xmover.reset.GateVerdict;
import xmover.reset.GentlerRemedy;
import xmover.reset.Recovery;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;

/**
 * In a pause a table went to 0 whose gates had been asked before, and a failed restore went
 * unheard.
 */
class TableStartedInAPauseTest {
  private final ResetBench bench =
      new ResetBench(
          "{\"name\": \"doc.a\", \"shards\": 1, \"replicas\": \"1\", \"stuck_translog\": \"3gb\"}",
          "{\"name\": \"doc.b\", \"shards\": 1, \"replicas\": \"1\", \"stuck_translog\": \"2gb\"}");

  private AutoExecOrchestrator orchestrator(Gate gate) {
    bench.safeguards = new Safeguards(gate, Exposure.UNLIMITED, GentlerRemedy.NONE, Recovery.NONE);
    return new AutoExecOrchestrator(
        bench.context(), RunLimits.concurrent(1), () -> false, Map.of());
  }

  @Test
  void a_table_whose_gates_were_asked_before_a_pause_stays_as_it_is_until_the_pause_is_over() {
    List<String> asked = new ArrayList<>();
    Promise<List<GateVerdict>> answer = Promise.promise();
    var open = List.of(GateVerdict.open("health", "GREEN"));
    List<Future<List<GateVerdict>>> answers =
        new ArrayList<>(List.of(answer.future(), Future.succeededFuture(open)));
    Gate late =
        (finding, remedy) -> {
          asked.add(finding.table().name());
          return answers.isEmpty() ? Future.succeededFuture(open) : answers.remove(0);
        };
    var orchestrator = orchestrator(late);
    Future<RunReport> report = orchestrator.run(bench.findings());
    orchestrator.pause();
    answer.complete(open);
    bench.timers.run();
    assertEquals(List.of(), bench.link.written());
    orchestrator.proceed();
    assertEquals(2, bench.timers.run(report).completed());
    assertEquals(List.of("a", "a", "b"), asked);
  }

  @Test
  void a_pause_in_which_a_restore_fails_ends_and_no_further_table_starts() {
    bench.link.always(
        "\"doc\".\"a\" SET (\"number_of_replicas\" = '1'", FaultyCluster.fail(Kind.SERVER));
    var orchestrator = orchestrator(Gate.OPEN);
    Future<RunReport> report = orchestrator.run(bench.findings());
    orchestrator.pause();
    bench.timers.run();
    assertTrue(report.isComplete());
    assertEquals(1, report.result().critical().size());
    assertEquals("1", bench.replicas("b"));
  }
}
