package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.Exposure;
import xmover.reset.Gate;
import xmover.reset.GentlerRemedy;
import xmover.reset.GuardedListener;
import xmover.reset.Recovery;
import xmover.reset.RunEvent;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.table.Finding;
import xmover.table.TableRef;

/** Many tables at once. */
class AutoExecOrchestratorTest {
  private final ResetBench bench =
      new ResetBench(
          table("a", "2gb"),
          table("b", "5gb"),
          table("c", "3gb"),
          table("d", "4gb"),
          table("e", "1.5gb"));
  private final Watch watch = new Watch();
  private boolean unreachable;

  AutoExecOrchestratorTest() {
    bench.listener = new GuardedListener(List.of(bench.told, watch), AssertionError::new);
  }

  private static String table(String name, String translog) {
    return "{\"name\": \"doc.%s\", \"shards\": 2, \"replicas\": \"0-1\", \"stuck_translog\": \"%s\"}"
        .formatted(name, translog);
  }

  /** Which tables are under way, in which order they began, and how many at once at most. */
  private static final class Watch implements RunListener {
    private final List<String> began = new ArrayList<>();
    private final Set<String> underWay = new HashSet<>();
    private int most;

    @Override
    public void on(RunEvent event) {
      if (event instanceof RunEvent.Transition step) {
        transition(step.to());
      }
    }

    private void transition(ResetJob to) {
      String name = to.table().toString();
      if (to.state().isEnd()) {
        underWay.remove(name);
      } else if (underWay.add(name)) {
        began.add(name);
      }
      most = Math.max(most, underWay.size());
    }
  }

  @Test
  void all_are_reset_worst_first_one_after_the_other() {
    RunReport report = run(RunLimits.concurrent(1));
    assertEquals(5, report.completed());
    assertEquals(List.of("doc.b", "doc.d", "doc.c", "doc.a", "doc.e"), watch.began);
    assertEquals(1, watch.most);
    assertEquals(
        List.of("0-1", "0-1", "0-1", "0-1", "0-1"),
        report.results().stream().map(r -> r.after().orElseThrow().replicas()).toList());
  }

  @Test
  void as_many_as_allowed_are_under_way_and_never_more() {
    bench.policy = ResetBench.HANDBOOK;
    RunReport report = run(new RunLimits(3, 100, 100, Duration.ZERO));
    assertEquals(5, report.completed());
    assertEquals(3, watch.most);
  }

  @Test
  void a_place_that_is_free_is_taken_at_once() {
    bench.policy = ResetBench.HANDBOOK;
    var slow = bench.findings();
    start(slow, new RunLimits(2, 100, 100, Duration.ZERO));
    bench.timers.advance(Duration.ofSeconds(40));
    // The first two have waited for a tick of 30 s; nobody waits for the slower of them.
    assertTrue(watch.began.size() >= 4, watch.began.toString());
  }

  @Test
  void only_the_worst_are_taken_on_and_the_others_are_no_failure() {
    RunReport report = run(new RunLimits(1, 2, 100, Duration.ZERO));
    assertEquals(List.of("doc.b", "doc.d"), watch.began);
    assertEquals(2, report.completed());
    assertEquals(0, report.failed());
    assertEquals(3, report.beyondLimit());
  }

  @Test
  void after_a_batch_it_pauses() {
    var ended = start(bench.findings(), new RunLimits(2, 100, 2, Duration.ofMinutes(10)));
    bench.timers.advance(Duration.ofMinutes(9));
    assertEquals(List.of("doc.b", "doc.d"), watch.began);
    bench.timers.advance(Duration.ofMinutes(2));
    assertEquals(4, watch.began.size());
    assertEquals(5, bench.timers.run(ended).completed());
    assertTrue(bench.timers.passed().compareTo(Duration.ofMinutes(20)) > 0);
  }

  @Test
  void one_failure_stops_no_other() {
    bench.link.always("\"doc\".\"b\"", fail(Kind.REFUSED));
    RunReport report = run(RunLimits.concurrent(1));
    assertEquals(4, report.completed());
    assertEquals(1, report.failed());
    assertEquals("doc.b", report.results().get(0).finding().table().toString());
  }

  @Test
  void after_a_failed_restore_none_is_started_and_those_under_way_end() {
    bench.link.always("\"doc\".\"b\" SET (\"number_of_replicas\" = '0-1')", fail(Kind.SERVER));
    bench.link.once("\"doc\".\"d\" SET (\"number_of_replicas\" = '0-1')", bench.link.hang());
    var ended = start(bench.findings(), new RunLimits(2, 100, 100, Duration.ZERO));
    bench.timers.advance(Duration.ofMinutes(10));
    bench.link.release();
    RunReport report = bench.timers.run(ended);
    assertEquals("doc.b", report.critical().get(0).finding().table().toString());
    assertEquals(List.of("doc.b", "doc.d"), watch.began);
    assertTrue(result(report, "doc.d").isCompleted());
    var notStarted = report.results().stream().filter(r -> r.job().isEmpty()).toList();
    assertTrue(
        notStarted.stream().allMatch(r -> r.notStarted().equals("the restore of doc.b failed")),
        report.toString());
    assertEquals("0-1", bench.replicas("d"));
  }

  @Test
  void while_the_breaker_is_open_none_is_started() {
    unreachable = true;
    RunReport report = run(RunLimits.concurrent(1));
    assertEquals(List.of(), watch.began);
    assertEquals(List.of(), bench.link.written());
    assertEquals(5, report.failed());
    assertEquals("the cluster can't be reached", report.results().get(0).notStarted());
  }

  @Test
  void a_breaker_that_opens_in_the_middle_lets_those_under_way_end() {
    bench.policy = ResetBench.HANDBOOK;
    var ended = start(bench.findings(), new RunLimits(2, 100, 100, Duration.ZERO));
    bench.timers.advance(Duration.ofSeconds(1));
    unreachable = true;
    RunReport report = bench.timers.run(ended);
    assertEquals(2, report.completed());
    assertEquals(2, watch.began.size());
  }

  @Test
  void stopping_puts_back_what_is_under_way_and_starts_nothing() {
    bench.policy = ResetBench.HANDBOOK;
    var orchestrator = orchestrator(new RunLimits(2, 100, 100, Duration.ZERO));
    var ended = orchestrator.run(bench.findings());
    bench.timers.advance(Duration.ofSeconds(1));
    orchestrator.stop("SIGTERM");
    bench.timers.advance(Duration.ofSeconds(1));
    assertTrue(ended.isComplete(), "at once");
    assertEquals(2, watch.began.size());
    assertEquals("0-1", bench.replicas("b"));
    assertEquals(
        Cause.STOPPED,
        result(ended.result(), "doc.b").job().orElseThrow().cause().orElseThrow().cause());
  }

  @Test
  void stopping_in_a_pause_between_batches_starts_no_further_batch() {
    var orchestrator = orchestrator(new RunLimits(2, 100, 2, Duration.ofHours(1)));
    var ended = orchestrator.run(bench.findings());
    bench.timers.advance(Duration.ofMinutes(1));
    orchestrator.stop("SIGTERM");
    bench.timers.advance(Duration.ofSeconds(1));
    assertTrue(ended.isComplete(), "at once");
    assertEquals(2, watch.began.size());
    assertEquals(5, ended.result().results().size());
  }

  @Test
  void partitions_of_a_table_are_reset_one_by_one() {
    var partitioned =
        new ResetBench(
            """
            {"name": "doc.p", "shards": 1, "replicas": "1", "partitioned_by": ["region"],
             "partitions": [{"values": ["eu"], "stuck_translog": "2gb"},
                            {"values": [null], "stuck_translog": "3gb"}]}
            """);
    var found = partitioned.findings();
    assertEquals(2, found.size());
    var ended =
        new AutoExecOrchestrator(
                partitioned.context(),
                new RunLimits(2, 100, 100, Duration.ZERO),
                () -> false,
                Map.of())
            .run(found);
    assertEquals(2, partitioned.timers.run(ended).completed());
    assertEquals(6, partitioned.link.written().size());
    partitioned.link.written().forEach(sql -> assertTrue(sql.contains(" PARTITION ("), sql));
  }

  @Test
  void many_tables_need_no_deep_stack() {
    unreachable = true;
    Finding one = bench.findings().get(0);
    List<Finding> many = IntStream.range(0, 20_000).mapToObj(i -> one).toList();
    assertEquals(20_000, bench.timers.run(start(many, RunLimits.concurrent(1))).failed());
    unreachable = false;
    bench.link.always("information_schema.tables", fail(Kind.REFUSED));
    assertEquals(20_000, bench.timers.run(start(many, RunLimits.concurrent(1))).failed());
  }

  private RunReport run(RunLimits limits) {
    return bench.timers.run(start(bench.findings(), limits));
  }

  private Future<RunReport> start(List<Finding> findings, RunLimits limits) {
    return orchestrator(limits).run(findings);
  }

  private AutoExecOrchestrator orchestrator(RunLimits limits) {
    return new AutoExecOrchestrator(bench.context(), limits, () -> unreachable, Map.of());
  }

  private static TableResult result(RunReport report, String table) {
    return report.results().stream()
        .filter(r -> r.finding().table().toString().equals(table))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void no_second_alter_to_0_leaves_where_no_table_may_start() {
    FaultyCluster.Fault unseen = FaultyCluster.answerNothing();
    bench.link.once(
        "\"b\" SET (\"number_of_replicas\" = '0')",
        execution -> {
          unreachable = true;
          return unseen.happen(execution);
        });
    RunReport report = run(RunLimits.concurrent(1));
    assertEquals("0-1", bench.replicas("b"));
    assertEquals("it was not tried again: the cluster can't be reached", cause(report));
    assertEquals(1, zeros("b"));
  }

  private String cause(RunReport report) {
    return result(report, "doc.b").job().orElseThrow().cause().orElseThrow().message();
  }

  private long zeros(String table) {
    String zero = "\"%s\" SET (\"number_of_replicas\" = '0')".formatted(table);
    return bench.link.written().stream().filter(sql -> sql.contains(zero)).count();
  }

  @Test
  void a_bug_after_a_reset_does_not_hide_how_it_ended() {
    Exposure broken =
        new Exposure() {
          @Override
          public Future<Optional<String>> enter(Finding table) {
            return Future.succeededFuture(Optional.empty());
          }

          @Override
          public void recovering(TableRef table) {
            throw new IllegalStateException("bug");
          }

          @Override
          public void leave(TableRef table) {}
        };
    bench.safeguards = new Safeguards(Gate.OPEN, broken, GentlerRemedy.NONE, Recovery.NONE);
    RunReport report =
        bench.timers.run(orchestrator(RunLimits.concurrent(1)).run(bench.findings().subList(0, 1)));
    assertEquals(ResetState.COMPLETED, result(report, "doc.b").job().orElseThrow().state());
  }
}
