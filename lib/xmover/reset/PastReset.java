package xmover.reset;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import xmover.table.TableRef;

/**
 * A reset that took a table's replicas and ended.
 *
 * @param told what came of it, in words
 * @param at when that was known
 */
public record PastReset(RunIdentity run, TableRef table, Outcome outcome, String told, Instant at) {
  private static final int LONGEST = 500;

  /** What came of it. */
  public enum Outcome {
    /** The replicas came back healed. */
    CURED,
    /** The replicas came back, and the table is not healed. */
    NOT_CURED,
    /** The setting is back; nobody waited for the replicas. */
    COMPLETED,
    /** The leases did not clear, the run was stopped, or the restore failed. */
    FAILED;

    /** For people: {@code not cured}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public PastReset {
    told = told.length() > LONGEST ? told.substring(0, LONGEST) + "…" : told;
  }

  /** What is to be remembered of a result; nothing when its replicas were never taken. */
  static Optional<PastReset> of(RunIdentity run, TableResult result, Instant now) {
    return result
        .job()
        .filter(PastReset::tookReplicas)
        .map(job -> new PastReset(run, job.table(), outcome(job, result), told(job, result), now));
  }

  /** One whose ALTER to 0 failed may have had its setting written back all the same. */
  private static boolean tookReplicas(ResetJob job) {
    boolean neverZero =
        job.cause().filter(f -> f.cause() == ResetFailure.Cause.ZEROING_FAILED).isPresent();
    return job.state() == ResetState.COMPLETED
        || job.restore() == RestoreOutcome.FAILED
        || (job.restore() == RestoreOutcome.DONE && !neverZero);
  }

  private static Outcome outcome(ResetJob job, TableResult result) {
    if (result.cure().filter(Cure::isCured).isPresent()) {
      return Outcome.CURED;
    }
    if (result.cure().filter(Cure::isNotCured).isPresent()) {
      return Outcome.NOT_CURED;
    }
    return job.state() == ResetState.COMPLETED ? Outcome.COMPLETED : Outcome.FAILED;
  }

  private static String told(ResetJob job, TableResult result) {
    return job.cause()
        .map(ResetFailure::message)
        .or(() -> result.cure().map(Cure::reason))
        .orElse("");
  }

  /** Whether it was a reset of this table or partition, however its values are told. */
  public boolean isOf(TableRef other) {
    return table.isCalled(other);
  }

  /** Whether both tell of the same reset. */
  public boolean isSame(PastReset other) {
    return run.runId().equals(other.run.runId()) && isOf(other.table);
  }
}
