package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.gates.view.Reading;
import xmover.reset.GateVerdict;
import xmover.reset.PastReset;
import xmover.reset.PastReset.Outcome;
import xmover.reset.Remedy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.KnownBug;
import xmover.table.PartitionValues;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;

/** A table that was reset again and again is refused. */
class RecurrenceGateTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  private static final TableRef T = TableRef.of("doc", "t");

  private final List<PastReset> history = new ArrayList<>();
  private final Finding finding = Findings.holding("t", 1);

  private void reset(TableRef table, Duration ago, Outcome outcome, String told) {
    var run = new RunIdentity("run " + ago, "ops", "laptop", NOW);
    history.add(new PastReset(run, table, Remedy.RESET, outcome, told, NOW.minus(ago)));
  }

  private GateVerdict judge(Finding table) {
    var limit = new RecurrenceGate.Limit(3, Duration.ofHours(24));
    var sight = new Sight();
    sight.earlier = Reading.of(history);
    return new RecurrenceGate(limit, InstantSource.fixed(NOW)).judge(table, sight.view());
  }

  @Test
  void a_table_that_was_moved_again_and_again_is_not_reset_either() {
    for (Remedy remedy : List.of(Remedy.MOVE, Remedy.REBUILD_ALONE, Remedy.MOVE)) {
      reset(T, Duration.ofHours(1 + history.size()), Outcome.CURED, "");
      history.add(as(remedy, history.remove(history.size() - 1)));
    }
    GateVerdict verdict = judge(finding);
    assertTrue(verdict.isShut());
    assertTrue(verdict.reason().startsWith("3 cures within 1 d: "), verdict.reason());
    assertTrue(verdict.reason().contains("(rebuild-alone, cured)"), verdict.reason());
  }

  @Test
  void flushes_build_nothing_anew_and_count_as_nothing() {
    reset(T, Duration.ofHours(2), Outcome.CURED, "");
    reset(T, Duration.ofHours(3), Outcome.CURED, "");
    reset(T, Duration.ofHours(4), Outcome.CURED, "");
    history.replaceAll(past -> as(Remedy.FLUSH, past));
    assertFalse(judge(finding).isShut());
  }

  private static PastReset as(Remedy remedy, PastReset past) {
    return new PastReset(past.run(), past.table(), remedy, past.outcome(), past.told(), past.at());
  }

  @Test
  void the_fourth_reset_within_the_period_is_refused_with_the_earlier_ones() {
    reset(T, Duration.ofHours(20), Outcome.COMPLETED, "");
    reset(T, Duration.ofHours(8), Outcome.NOT_CURED, "the worst replica is at 2.0 GB again");
    reset(T, Duration.ofMinutes(90), Outcome.FAILED, "stopped by SIGTERM");
    GateVerdict verdict = judge(finding);
    assertTrue(verdict.isShut());
    assertEquals(
        "3 resets within 1 d: 2024-01-14T14:30:00Z (completed), 2024-01-15T02:30:00Z (not cured,"
            + " the worst replica is at 2.0 GB again), 2024-01-15T09:00:00Z (failed, stopped by"
            + " SIGTERM): resetting does not help here",
        verdict.reason());
    assertTrue(verdict.remedy().contains("xmover monitor 'doc.t'"), verdict.remedy());
    assertTrue(verdict.remedy().contains("--ignore-gate recurrence"), verdict.remedy());
  }

  @Test
  void what_the_diagnosis_says_and_the_causes_it_knows_are_told() {
    three();
    var bug = new KnownBug("6.1.1", "a replica may keep a hole");
    var diagnosis =
        new Diagnosis(
            Diagnosis.Kind.HOLE,
            "operation 7 is missing here",
            List.of(bug, new KnownBug(Optional.empty(), "a text is too long", "cut it")));
    Finding diagnosed =
        Findings.of(
            "t",
            new ShardTotals(1, 1, 1, Optional.empty(), Optional.empty(), Bytes.ZERO, 0),
            List.of(copy(diagnosis)));
    assertTrue(
        judge(diagnosed)
            .reason()
            .endsWith(
                "does not help here; operation 7 is missing here; a possible cause: a replica may"
                    + " keep a hole (fixed in 6.1.1); a possible cause: a text is too long (cut"
                    + " it)"),
        judge(diagnosed).reason());
  }

  @Test
  void the_third_is_let_pass() {
    reset(T, Duration.ofHours(3), Outcome.COMPLETED, "");
    reset(T, Duration.ofHours(2), Outcome.COMPLETED, "");
    assertEquals(GateVerdict.open("recurrence", "2 resets within 1 d"), judge(finding));
  }

  @Test
  void what_was_before_the_period_does_not_count() {
    three();
    history.replaceAll(
        r ->
            new PastReset(
                r.run(),
                r.table(),
                r.remedy(),
                r.outcome(),
                r.told(),
                r.at().minusSeconds(86_400)));
    assertEquals(GateVerdict.Answer.OPEN, judge(finding).answer());
  }

  @Test
  void other_tables_and_partitions_do_not_count() {
    reset(TableRef.of("doc", "u"), Duration.ofHours(1), Outcome.COMPLETED, "");
    reset(T, Duration.ofHours(2), Outcome.COMPLETED, "");
    reset(T, Duration.ofHours(3), Outcome.COMPLETED, "");
    TableRef partition = T.partition(new PartitionValues("04", Map.of("month", 1)));
    reset(partition, Duration.ofHours(4), Outcome.COMPLETED, "");
    assertEquals(GateVerdict.Answer.OPEN, judge(finding).answer());
  }

  @Test
  void a_history_that_can_not_be_read_is_shut() {
    var gate =
        new RecurrenceGate(
            new RecurrenceGate.Limit(3, Duration.ofDays(1)), InstantSource.fixed(NOW));
    var sight = new Sight();
    sight.earlier = Reading.unreadable("the history can't be read");
    assertTrue(gate.judge(finding, sight.view()).isShut());
  }

  private static ShardCopy copy(Diagnosis diagnosis) {
    return new ShardCopy(
        T,
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
        diagnosis);
  }

  private void three() {
    for (int hours = 1; hours <= 3; hours++) {
      reset(T, Duration.ofHours(hours), Outcome.COMPLETED, "");
    }
  }
}
