package xmover.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.engine.AutoExecOrchestrator;
import xmover.reset.engine.KeptJournal;
import xmover.reset.engine.ResetBench;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** Which resets are remembered, and as what. */
class PastResetTest {
  private static final RunIdentity RUN = new RunIdentity("r", "ops", "laptop", Instant.EPOCH);

  private final ResetBench bench = ResetBench.oneTable("0-1");
  private final List<Finding> findings = bench.findings();
  private final KeptJournal journal = new KeptJournal(new ArrayList<>());

  PastResetTest() {
    bench.journal = journal;
  }

  @ParameterizedTest
  @CsvSource({
    "completed,   COMPLETED",
    "cured,       CURED",
    "not_cured,   NOT_CURED",
    "timed_out,   FAILED",
    "critical,    FAILED"
  })
  void a_reset_that_took_the_replicas_is_remembered(String result, PastReset.Outcome outcome) {
    assertEquals(Optional.of(outcome), remembered(result).map(PastReset::outcome));
  }

  @ParameterizedTest
  @CsvSource({"cured, RESET", "flushed, FLUSH", "rebuilt, REBUILD"})
  void what_was_done_in_the_end_is_remembered_as_that(String result, Remedy remedy) {
    PastReset past = remembered(result).orElseThrow();
    assertEquals(remedy, past.remedy());
    assertEquals(PastReset.Outcome.CURED, past.outcome());
    assertEquals(remedy != Remedy.FLUSH, past.builtCopies());
  }

  @Test
  void a_reset_after_a_gentler_remedy_is_remembered_as_a_reset() {
    TableResult moved = TestResults.of("doc.t", "rebuilt");
    TableResult reset = TestResults.of("doc.t", "cured").after(moved.treatment().orElseThrow());
    assertEquals(
        Optional.of(Remedy.RESET), PastReset.of(RUN, reset, Instant.EPOCH).map(PastReset::remedy));
  }

  @Test
  void it_is_remembered_with_why_it_was_done_and_what_it_took() {
    PastReset.Figures figures = remembered("cured").flatMap(PastReset::figures).orElseThrow();
    assertEquals("worst replica at 600 %", figures.reason());
    assertEquals(Optional.of(Duration.ofMinutes(20)), figures.atZero());
    assertEquals(
        new FewerCopies(Duration.ofSeconds(1230), true, new Bytes(20L << 30)), figures.fewer());
    assertEquals(Optional.of(new Bytes(1_234_567_890_123L)), figures.before());
    assertEquals(Optional.of(new Bytes(55)), figures.after());
  }

  @Test
  void a_gentler_remedy_left_it_at_zero_for_no_moment() {
    PastReset.Figures figures = remembered("flushed").flatMap(PastReset::figures).orElseThrow();
    assertEquals(Optional.of(Duration.ZERO), figures.atZero());
    assertEquals(FewerCopies.NEVER, figures.fewer());
  }

  @Test
  void of_one_whose_restore_failed_the_time_at_zero_is_unknown_and_so_is_what_came_after() {
    PastReset.Figures figures = remembered("critical").flatMap(PastReset::figures).orElseThrow();
    assertEquals(Optional.empty(), figures.atZero());
    assertFalse(figures.fewer().ended());
    assertEquals(Optional.empty(), figures.after());
  }

  @ParameterizedTest
  @CsvSource({
    "healed_already",
    "refused",
    "not_started",
    "not_touched",
    "failed",
    "changed_by_others"
  })
  void what_did_nothing_to_the_copies_is_not(String result) {
    assertEquals(Optional.empty(), remembered(result));
  }

  private static Optional<PastReset> remembered(String result) {
    return PastReset.of(RUN, TestResults.of("doc.t", result), Instant.EPOCH);
  }

  @Test
  void it_is_remembered_before_its_replicas_are_waited_for_and_once_more_after_that() {
    Promise<Cure> cure = Promise.promise();
    bench.safeguards =
        new Safeguards(
            Gate.OPEN, Exposure.UNLIMITED, GentlerRemedy.NONE, (finding, stop) -> cure.future());
    Future<RunReport> run = run(findings, Map.of());
    bench.timers.run();
    assertEquals(List.of(PastReset.Outcome.COMPLETED), outcomes());
    cure.complete(Cure.notCured("1 copy is UNASSIGNED", Optional.empty()));
    bench.timers.run(run);
    assertEquals(List.of(PastReset.Outcome.NOT_CURED), outcomes());
    assertEquals("1 copy is UNASSIGNED", journal.history().result().get(0).told());
  }

  @Test
  void what_another_run_began_and_this_one_ended_is_remembered() {
    bench.sql("ALTER TABLE \"doc\".\"t\" SET (\"number_of_replicas\" = '0')");
    bench.timers.run(run(findings, Map.of(T, entry(RUN))));
    assertEquals(List.of(PastReset.Outcome.COMPLETED), outcomes());
  }

  @Test
  void what_an_operator_merely_puts_back_was_no_reset() {
    bench.sql("ALTER TABLE \"doc\".\"t\" SET (\"number_of_replicas\" = '0')");
    bench.timers.run(run(findings, Map.of(T, entry(bench.context().run()))));
    assertEquals("0-1", bench.replicas());
    assertEquals(List.of(), outcomes());
  }

  @Test
  void a_reset_that_was_refused_by_the_cluster_is_not_remembered() {
    bench.link.always("ALTER TABLE", FaultyCluster.fail(Kind.REFUSED));
    bench.timers.run(run(findings, Map.of()));
    assertEquals(List.of(), outcomes());
  }

  @Test
  void a_history_that_can_not_be_written_costs_the_reset_nothing() {
    bench.journal =
        new KeptJournal(new ArrayList<>()) {
          @Override
          public Future<Void> remember(PastReset reset) {
            throw new IllegalStateException("a bug");
          }
        };
    RunReport report = bench.timers.run(run(findings, Map.of()));
    assertEquals(1, report.completed());
    assertTrue(report.critical().isEmpty());
  }

  private Future<RunReport> run(List<Finding> findings, Map<TableRef, JournalEntry> begun) {
    return new AutoExecOrchestrator(bench.context(), RunLimits.concurrent(1), () -> false, begun)
        .run(findings);
  }

  private JournalEntry entry(RunIdentity run) {
    return new JournalEntry(
        run,
        T,
        new ReplicaSetting("0-1"),
        4,
        ResetState.RESTORING_REPLICAS,
        Optional.empty(),
        bench.timers.now());
  }

  private List<PastReset.Outcome> outcomes() {
    return journal.history().result().stream().map(PastReset::outcome).toList();
  }

  @Test
  void of_a_table_that_a_gate_had_refused_it_is_told_why_it_was_sick() {
    TableResult flushed = TestResults.of("doc.t", "flushed");
    Finding plain = flushed.finding();
    var copy =
        new ShardCopy(
            plain.table(),
            0,
            false,
            "STARTED",
            "n1",
            Bytes.ZERO,
            Bytes.ZERO,
            Bytes.ZERO,
            0,
            Optional.empty(),
            Optional.empty(),
            new Diagnosis(Diagnosis.Kind.HOLE, "operation 7 is missing in it", List.of()));
    var refused =
        new Finding(
            plain.relation(), plain.totals(), List.of(copy), Verdict.refused("a snapshot runs"));
    TableResult healed = TableResult.treated(refused, flushed.treatment().orElseThrow());
    assertEquals(
        Optional.of("operation 7 is missing in it"),
        PastReset.of(RUN, healed, Instant.EPOCH)
            .flatMap(PastReset::figures)
            .map(PastReset.Figures::reason));
  }
}
