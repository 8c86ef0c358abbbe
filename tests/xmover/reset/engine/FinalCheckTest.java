package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;

/** The last look of a run at what it touched. */
class FinalCheckTest {
  private static final String TO_ZERO = "\"number_of_replicas\" = '0'";
  private static final String BACK = "\"number_of_replicas\" = '1'";
  private static final String TABLE =
      "{\"name\": \"doc.%s\", \"shards\": 2, \"replicas\": \"1\", \"stuck_translog\": \"%s\"}";

  private final ResetBench bench =
      new ResetBench(TABLE.formatted("t", "3gb"), TABLE.formatted("later", "2gb"));

  @Test
  void a_table_that_a_late_alter_took_to_zero_again_is_restored() {
    // The first ALTER is applied after the reset is over, while the second table is under way.
    bench.link.once(TO_ZERO, bench.link.executeLate(Duration.ofSeconds(8), Kind.TIMEOUT));
    bench.link.once("\"doc\".\"later\"", bench.link.executeLate(Duration.ofDays(1), Kind.TIMEOUT));
    RunReport report = run();
    assertEquals("1", bench.replicas("t"));
    assertEquals(2, report.completed());
    assertEquals("1", report.results().get(0).after().orElseThrow().replicas());
    assertEquals(
        2, bench.link.written().stream().filter(s -> s.contains("\"t\" SET (" + BACK)).count());
  }

  @Test
  void when_that_fails_it_is_critical() {
    bench.link.once(TO_ZERO, bench.link.executeLate(Duration.ofSeconds(8), Kind.TIMEOUT));
    bench.link.once("\"doc\".\"later\"", bench.link.executeLate(Duration.ofDays(1), Kind.TIMEOUT));
    var ended = start();
    bench.timers.advance(Duration.ofSeconds(7));
    bench.link.always("\"t\" SET (" + BACK, fail(Kind.SERVER));
    RunReport report = bench.timers.run(ended);
    assertEquals(1, report.critical().size());
    assertEquals("0", report.results().get(0).after().orElseThrow().replicas());
  }

  @Test
  void a_restore_that_shows_in_the_end_was_none_that_failed() {
    bench.link.times(12, "\"t\" SET (" + BACK, fail(Kind.SERVER));
    var ended = start();
    // Somebody restores it by hand, just before the last look.
    bench.link.once(
        "UNION ALL",
        execution -> {
          bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '1')");
          return execution.get();
        });
    RunReport report = bench.timers.run(ended);
    assertEquals(List.of(), report.critical());
    assertEquals("1", report.results().get(0).after().orElseThrow().replicas());
  }

  @Test
  void an_old_answer_in_the_last_look_proves_no_restore() {
    bench.link.always("\"t\" SET (" + BACK, fail(Kind.SERVER));
    var ended = start();
    bench.link.once(
        "UNION ALL",
        execution -> {
          bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '1')");
          return execution
              .get()
              .onSuccess(old -> bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '0')"));
        });
    RunReport report = bench.timers.run(ended);
    assertEquals("0", bench.replicas("t"));
    assertEquals(1, report.critical().size());
    assertEquals("?", report.results().get(0).after().orElseThrow().replicas());
  }

  @Test
  void a_table_that_was_not_touched_is_left_alone() {
    var findings = bench.findings();
    bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '0')");
    bench.sql("ALTER TABLE doc.later SET (number_of_replicas = '0')");
    RunReport report = bench.timers.run(orchestrator().run(findings));
    assertEquals(2, report.failed());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void a_setting_that_somebody_else_chose_meanwhile_is_left_alone() {
    bench.policy = ResetBench.HANDBOOK;
    var ended = start();
    bench.timers.advance(Duration.ofSeconds(1));
    bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '2')");
    RunReport report = bench.timers.run(ended);
    assertEquals("2", bench.replicas("t"));
    assertEquals("2", report.results().get(0).after().orElseThrow().replicas());
  }

  @Test
  void when_nothing_can_be_seen_the_results_stay_as_they_were() {
    bench.link.always("UNION ALL", fail(Kind.TIMEOUT));
    RunReport report =
        bench.timers.run(
            orchestrator().run(new ResetBench(TABLE.formatted("t", "3gb")).findings()));
    assertEquals(1, report.completed());
    assertTrue(report.results().get(0).after().isEmpty());
  }

  private RunReport run() {
    return bench.timers.run(start());
  }

  private io.vertx.core.Future<RunReport> start() {
    return orchestrator().run(bench.findings());
  }

  private AutoExecOrchestrator orchestrator() {
    return new AutoExecOrchestrator(
        bench.context(), RunLimits.concurrent(1), () -> false, Map.of());
  }
}
