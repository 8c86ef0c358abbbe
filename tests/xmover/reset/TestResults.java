package xmover.reset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.ResetTimes;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.Subject;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** Results of resets that never were, by what became of them in a word. */
public final class TestResults {
  private static final Instant START = Instant.parse("2024-01-15T10:30:00Z");

  private TestResults() {}

  /** A result of a table named {@code schema.name} that had the replicas {@code 1-all}. */
  public static TableResult of(String table, String result) {
    return of(ref(table), result);
  }

  public static TableResult of(TableRef table, String result) {
    Finding finding = finding(table);
    return switch (result) {
      case "completed" -> ended(finding, null, RestoreOutcome.DONE);
      case "timed_out" -> ended(finding, Cause.LEASES_TIMED_OUT, RestoreOutcome.DONE);
      case "failed" -> ended(finding, Cause.ZEROING_FAILED, RestoreOutcome.DONE);
      case "not_touched" -> ended(finding, Cause.NOT_TOUCHED, RestoreOutcome.NOT_NEEDED);
      case "critical" -> ended(finding, Cause.RESTORE_FAILED, RestoreOutcome.FAILED);
      case "changed_by_others" ->
          ended(finding, Cause.CHANGED_BY_OTHERS, RestoreOutcome.NOT_NEEDED);
      case "timed_out_and_critical" ->
          ended(finding, Cause.LEASES_TIMED_OUT, RestoreOutcome.FAILED);
      case "refused" ->
          TableResult.refused(
              finding, List.of(GateVerdict.shut("disk", "node a is at 95 %", "free some")));
      case "not_cured" ->
          of(table, "completed").with(Cure.notCured("1 copy is UNASSIGNED", Optional.empty()));
      case "cured" ->
          of(table, "completed")
              .with(Cure.cured(new Bytes(55)).with(Optional.of(START.plusSeconds(1230))));
      case "flushed", "rebuilt", "healed_already" ->
          TableResult.treated(finding, treatment(result));
      case "not_started" -> TableResult.notStarted(finding, "the restore of doc.x failed");
      default -> throw new IllegalArgumentException(result);
    };
  }

  private static RemedyResult treatment(String result) {
    Remedy remedy =
        switch (result) {
          case "flushed" -> Remedy.FLUSH;
          case "rebuilt" -> Remedy.REBUILD;
          default -> Remedy.NONE;
        };
    return new RemedyResult(
        remedy, remedy != Remedy.NONE, Cure.cured(new Bytes(55)), result, false);
  }

  private static TableRef ref(String table) {
    int dot = table.indexOf('.');
    return TableRef.of(table.substring(0, dot), table.substring(dot + 1));
  }

  private static Finding finding(TableRef table) {
    var relation =
        new Relation(
            table,
            Optional.of(new ReplicaSetting("1-all")),
            Optional.of(new Bytes(512L << 20)),
            false,
            false,
            false,
            "1",
            true,
            Optional.of("6.3.7"));
    var translog = Optional.of(new Bytes(1_234_567_890_123L));
    var totals = new ShardTotals(4, 4, 4, translog, translog, new Bytes(20L << 30), 0);
    return new Finding(relation, totals, List.of(), Verdict.reset("worst replica at 600 %"));
  }

  private static TableResult ended(Finding finding, @Nullable Cause cause, RestoreOutcome restore) {
    Instant end = START.plus(Duration.ofMinutes(20));
    var times = new ResetTimes(START, end, START, end, Duration.ofMinutes(12));
    var failure =
        cause == null
            ? null
            : new ResetFailure(
                cause, "data-hot-1:4200: the cluster failed while answering. Try again.");
    var job =
        new ResetJob(
            Subject.of(finding.table()),
            cause == null ? ResetState.COMPLETED : ResetState.FAILED,
            new ResetJob.Before(new ReplicaSetting("1-all"), 4),
            times,
            new ResetJob.Leases(9, 0),
            false,
            new ResetJob.End(failure, restore, OpenEnds.NONE));
    return TableResult.ended(finding, job)
        .with(job, new TableResult.After("1-all", Optional.empty()));
  }
}
