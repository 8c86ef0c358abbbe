package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.reset.Cure;
import xmover.reset.Exposure;
import xmover.reset.Gate;
import xmover.reset.GateVerdict;
import xmover.reset.GentlerRemedy;
import xmover.reset.Recovery;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.TableResult;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableIdentity;
import xmover.table.TableRef;
import xmover.table.Verdict;

/**
 * A table's turn: nothing starts past a shut gate, and the proof comes after the setting is back.
 */
class TableTurnTest {
  private final ResetBench bench =
      new ResetBench(
          "{\"name\": \"doc.a\", \"shards\": 1, \"replicas\": \"1\", \"stuck_translog\": \"3gb\"}",
          "{\"name\": \"doc.b\", \"shards\": 1, \"replicas\": \"1\", \"stuck_translog\": \"2gb\"}");
  private final List<String> steps = new ArrayList<>();

  private class Recorded implements Exposure {
    @Override
    public Future<Optional<String>> enter(Finding table) {
      steps.add("enter " + table.table().name());
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public void recovering(TableRef table) {
      steps.add("recovering " + table.name());
    }

    @Override
    public void leave(TableRef table) {
      steps.add("leave " + table.name());
    }
  }

  private AutoExecOrchestrator orchestrator(Gate gate, GentlerRemedy gentler, Recovery proof) {
    bench.safeguards = new Safeguards(gate, new Recorded(), gentler, proof);
    return new AutoExecOrchestrator(
        bench.context(), RunLimits.concurrent(1), () -> false, Map.of());
  }

  private RunReport run(Gate gate, GentlerRemedy gentler, Recovery proof) {
    return bench.timers.run(orchestrator(gate, gentler, proof).run(bench.findings()));
  }

  private static Gate shut(String table) {
    return (finding, remedy) ->
        Future.succeededFuture(
            List.of(
                finding.table().name().equals(table)
                    ? GateVerdict.shut("health", "doc.x is RED", "heal it first")
                    : GateVerdict.open("health", "GREEN")));
  }

  private static GentlerRemedy trying(RemedyResult treatment) {
    return new GentlerRemedy() {
      @Override
      public Future<Optional<RemedyResult>> apply(
          Finding table, Permit permit, Future<Void> stopped) {
        return permit.ask(treatment.remedy()).map(Optional.of(treatment));
      }

      @Override
      public Future<Optional<RemedyResult>> healedMeanwhile(
          Finding table, Optional<RemedyResult> tried, Future<Void> stopped) {
        return Future.succeededFuture(Optional.empty());
      }
    };
  }

  @Test
  void the_proof_is_of_the_index_that_was_reset() {
    var proven = new ArrayList<Optional<TableIdentity>>();
    Recovery proof =
        new Recovery() {
          @Override
          public Future<Cure> await(Finding table, Future<Void> stopped) {
            return Future.failedFuture("by its name alone");
          }

          @Override
          public Future<Cure> await(
              Finding table, Optional<TableIdentity> identity, Future<Void> stopped) {
            proven.add(identity);
            return Future.succeededFuture(Cure.cured(Bytes.ZERO));
          }
        };
    run(Gate.OPEN, GentlerRemedy.NONE, proof);
    assertEquals(
        bench.rows("SELECT DISTINCT partition_uuid FROM sys.shards ORDER BY 1"),
        proven.stream()
            .<List<Object>>map(known -> List.of(known.orElseThrow().uuid().text()))
            .sorted(Comparator.comparing(row -> (String) row.get(0)))
            .toList());
  }

  @Test
  void a_table_before_a_shut_gate_is_not_touched_and_the_next_one_is_reset() {
    RunReport report = run(shut("a"), GentlerRemedy.NONE, Recovery.NONE);
    assertTrue(report.results().get(0).isRefused());
    assertEquals("health: doc.x is RED (heal it first)", report.results().get(0).notStarted());
    assertTrue(report.results().get(1).isCompleted());
    assertFalse(
        bench.link.written().stream().anyMatch(sql -> sql.contains("\"a\"")),
        bench.link.written().toString());
  }

  @Test
  void a_gate_that_fails_or_throws_is_shut() {
    Gate throwing =
        (finding, remedy) -> {
          if (finding.table().name().equals("a")) {
            throw new IllegalStateException("a bug");
          }
          return Future.failedFuture("no answer");
        };
    RunReport report = run(throwing, GentlerRemedy.NONE, Recovery.NONE);
    assertEquals(2, report.results().stream().filter(TableResult::isRefused).count());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void a_stop_does_not_wait_for_the_gates() {
    Promise<List<GateVerdict>> never = Promise.promise();
    var orchestrator =
        orchestrator((table, remedy) -> never.future(), GentlerRemedy.NONE, Recovery.NONE);
    var ended = orchestrator.run(bench.findings());
    orchestrator.stop("stopped by SIGTERM");
    RunReport report = bench.timers.run(ended);
    assertEquals("stopped by SIGTERM", report.results().get(0).notStarted());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void a_table_is_exposed_until_its_cure_is_proven_and_the_next_one_need_not_wait_for_that() {
    Promise<Cure> proven = Promise.promise();
    var ended =
        orchestrator(Gate.OPEN, GentlerRemedy.NONE, (table, stopped) -> proven.future())
            .run(bench.findings());
    bench.timers.run();
    assertEquals(List.of("enter a", "recovering a", "enter b", "recovering b"), steps);
    assertFalse(ended.isComplete());
    proven.complete(Cure.cured(new Bytes(55)));
    RunReport report = bench.timers.run(ended);
    assertEquals(2, report.completed());
    assertEquals(List.of("leave a", "leave b"), steps.subList(4, 6));
  }

  @Test
  void a_table_that_is_back_and_not_healed_is_completed_and_told() {
    RunReport report =
        run(
            Gate.OPEN,
            GentlerRemedy.NONE,
            (table, stopped) ->
                Future.succeededFuture(Cure.notCured("still at 2 GB", Optional.empty())));
    assertEquals(2, report.completed());
    assertEquals(2, report.notCured().size());
  }

  @Test
  void a_proof_that_throws_costs_no_result() {
    RunReport report =
        run(
            Gate.OPEN,
            GentlerRemedy.NONE,
            (table, stopped) -> {
              throw new IllegalStateException("a bug");
            });
    assertEquals(2, report.completed());
    assertEquals(Optional.of(Cure.State.UNPROVEN), report.results().get(0).cure().map(Cure::state));
  }

  @Test
  void a_table_that_something_gentler_healed_keeps_its_replicas() {
    var treatment =
        new RemedyResult(Remedy.FLUSH, true, Cure.cured(new Bytes(55)), "flushed", false);
    RunReport report = run(Gate.OPEN, trying(treatment), Recovery.NONE);
    assertEquals(2, report.completed());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void a_table_below_the_thresholds_is_never_reset_whatever_became_of_what_is_gentler() {
    var failed =
        new RemedyResult(
            Remedy.MOVE, false, Cure.notCured("no node", Optional.empty()), "no node", true);
    for (GentlerRemedy gentler : List.of(GentlerRemedy.NONE, trying(failed), throwing())) {
      var orchestrator = orchestrator(Gate.OPEN, gentler, Recovery.NONE);
      RunReport report = bench.timers.run(orchestrator.run(early(bench.findings())));
      assertEquals(0, report.completed());
      assertEquals(List.of(), bench.link.written());
    }
  }

  @Test
  void a_gentler_remedy_that_throws_is_no_reason_to_reset() {
    RunReport report = run(Gate.OPEN, throwing(), Recovery.NONE);
    assertEquals(0, report.completed());
    assertTrue(report.results().get(0).notStarted().contains("a bug"));
    assertEquals(List.of(), bench.link.written());
  }

  private static List<Finding> early(List<Finding> findings) {
    return findings.stream()
        .map(f -> new Finding(f.relation(), f.totals(), f.shards(), Verdict.early("a hole")))
        .toList();
  }

  private static GentlerRemedy throwing() {
    return new GentlerRemedy() {
      @Override
      public Future<Optional<RemedyResult>> apply(
          Finding table, Permit permit, Future<Void> stopped) {
        throw new IllegalStateException("a bug");
      }

      @Override
      public Future<Optional<RemedyResult>> healedMeanwhile(
          Finding table, Optional<RemedyResult> tried, Future<Void> stopped) {
        return Future.succeededFuture(Optional.empty());
      }
    };
  }

  @Test
  void a_table_that_is_healed_when_its_reset_is_due_counts_as_done() {
    var healed = new RemedyResult(Remedy.NONE, false, Cure.cured(new Bytes(55)), "healed", false);
    RunReport report =
        run(
            Gate.OPEN,
            new GentlerRemedy() {
              @Override
              public Future<Optional<RemedyResult>> apply(
                  Finding table, Permit permit, Future<Void> stopped) {
                return Future.succeededFuture(Optional.empty());
              }

              @Override
              public Future<Optional<RemedyResult>> healedMeanwhile(
                  Finding table, Optional<RemedyResult> tried, Future<Void> stopped) {
                return Future.succeededFuture(Optional.of(healed));
              }
            },
            Recovery.NONE);
    assertEquals(2, report.completed());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void a_table_that_something_gentler_did_not_heal_is_reset() {
    var treatment =
        new RemedyResult(
            Remedy.FLUSH, true, Cure.notCured("still at 2 GB", Optional.empty()), "flushed", true);
    RunReport report = run(Gate.OPEN, trying(treatment), Recovery.NONE);
    assertEquals(2, report.completed());
    assertEquals(Optional.of(treatment), report.results().get(0).treatment());
    assertTrue(report.results().get(0).job().isPresent());
  }

  @Test
  void after_something_gentler_that_did_not_heal_the_gates_are_asked_again() {
    var treatment =
        new RemedyResult(
            Remedy.REBUILD, true, Cure.notCured("UNASSIGNED", Optional.empty()), "dropped", true);
    List<String> asked = new ArrayList<>();
    RunReport report =
        run(
            (table, remedy) -> {
              String name = table.table().toString();
              boolean first = !asked.contains(name);
              asked.add(name);
              return Future.succeededFuture(
                  List.of(
                      first
                          ? GateVerdict.open("table", "")
                          : GateVerdict.shut("table", "a copy is missing", "")));
            },
            trying(treatment),
            Recovery.NONE);
    assertEquals(0, report.completed());
    assertEquals(List.of(), bench.link.written());
    assertTrue(report.results().get(0).isRefused(), report.toString());
    assertEquals(Optional.of(treatment), report.results().get(0).treatment());
  }

  @Test
  void after_a_gate_that_could_not_see_before_something_gentler_no_reset_follows() {
    var unfit =
        new RemedyResult(
            Remedy.MOVE, false, Cure.notCured("refused", Optional.empty()), "refused", true);
    var unread = GateVerdict.unread("others", "sys.jobs could not be read", "");
    RunReport report =
        run(
            (table, remedy) ->
                Future.succeededFuture(
                    remedy == Remedy.MOVE
                        ? List.of(unread)
                        : List.of(GateVerdict.open("others", "it sees again"))),
            trying(unfit),
            Recovery.NONE);
    assertEquals(List.of(), bench.link.written());
    assertTrue(report.results().get(0).isRefused(), report.toString());
    assertEquals(unread.toString(), report.results().get(0).notStarted());
  }

  @Test
  void a_stop_ends_the_wait_for_room_and_starts_nothing() {
    Exposure full =
        new Recorded() {
          @Override
          public Future<Optional<String>> enter(Finding table) {
            return Future.future(never -> {});
          }
        };
    bench.safeguards = new Safeguards(Gate.OPEN, full, GentlerRemedy.NONE, Recovery.NONE);
    var orchestrator =
        new AutoExecOrchestrator(bench.context(), RunLimits.concurrent(1), () -> false, Map.of());
    var ended = orchestrator.run(bench.findings());
    orchestrator.stop("SIGTERM");
    RunReport report = bench.timers.run(ended);
    assertEquals(0, report.completed());
    assertEquals("SIGTERM", report.results().get(0).notStarted());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void a_pause_starts_no_new_table_and_ends_with_what_was_under_way() {
    var orchestrator = orchestrator(Gate.OPEN, GentlerRemedy.NONE, Recovery.NONE);
    List<Finding> findings = bench.findings();
    Future<RunReport> ended = orchestrator.run(findings);
    orchestrator.pause();
    bench.timers.run();
    assertTrue(orchestrator.isPaused());
    assertFalse(ended.isComplete());
    assertEquals(List.of("enter a", "recovering a", "leave a"), steps);
    orchestrator.proceed();
    assertEquals(2, bench.timers.run(ended).completed());
  }

  @Test
  void a_paused_run_that_is_stopped_ends() {
    var orchestrator = orchestrator(Gate.OPEN, GentlerRemedy.NONE, Recovery.NONE);
    orchestrator.pause();
    Future<RunReport> ended = orchestrator.run(bench.findings());
    orchestrator.stop("SIGTERM");
    assertEquals(0, bench.timers.run(ended).completed());
  }

  @Test
  void what_no_reset_was_found_to_help_is_not_reset_whatever_a_gentler_remedy_says() {
    List<Finding> mended =
        bench.findings().stream()
            .map(f -> new Finding(f.relation(), f.totals(), f.shards(), Verdict.skip("given up")))
            .toList();
    var failed =
        new RemedyResult(Remedy.REBUILD, true, Cure.notCured("no", Optional.empty()), "no", true);
    for (GentlerRemedy gentler : List.of(GentlerRemedy.NONE, trying(failed))) {
      bench.timers.run(orchestrator(Gate.OPEN, gentler, Recovery.NONE).run(mended));
    }
    assertEquals(List.of(), bench.link.written());
  }
}
