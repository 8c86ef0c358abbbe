package xmover.reset;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import xmover.table.TableRef;

/**
 * A reset that took a table's replicas and ended, or a gentler remedy that was applied.
 *
 * @param remedy what was done in the end
 * @param told what came of it, in words
 * @param at when that was known
 */
public record PastReset(
    RunIdentity run, TableRef table, Remedy remedy, Outcome outcome, String told, Instant at) {
  private static final int LONGEST = 500;

  /** What came of it. */
  public enum Outcome {
    /** Every copy is back and healed. */
    CURED,
    /** It was done, and the table was not seen to be healed. */
    NOT_CURED,
    /** It was done; nobody waited for the copies. */
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

  /** What is to be remembered of a result; nothing when nothing was done to its copies. */
  static Optional<PastReset> of(RunIdentity run, TableResult result, Instant now) {
    return result
        .job()
        .filter(PastReset::tookReplicas)
        .map(
            job ->
                new PastReset(
                    run,
                    job.table(),
                    Remedy.RESET,
                    outcome(result, job.state() == ResetState.COMPLETED),
                    told(job, result),
                    now))
        .or(() -> result.treatment().filter(Treatment::applied).map(t -> of(run, result, t, now)));
  }

  private static PastReset of(RunIdentity run, TableResult result, Treatment done, Instant now) {
    return new PastReset(
        run, result.finding().table(), done.remedy(), outcome(done.cure(), true), done.told(), now);
  }

  /** One whose ALTER to 0 failed may have had its setting written back all the same. */
  private static boolean tookReplicas(ResetJob job) {
    boolean neverZero =
        job.cause().filter(f -> f.cause() == ResetFailure.Cause.ZEROING_FAILED).isPresent();
    return job.state() == ResetState.COMPLETED
        || job.restore() == RestoreOutcome.FAILED
        || (job.restore() == RestoreOutcome.DONE && !neverZero);
  }

  private static Outcome outcome(TableResult result, boolean completed) {
    return result
        .cure()
        .map(cure -> outcome(cure, completed))
        .orElse(completed ? Outcome.COMPLETED : Outcome.FAILED);
  }

  private static Outcome outcome(Cure cure, boolean completed) {
    return switch (cure.state()) {
      case CURED -> Outcome.CURED;
      case NOT_CURED, UNPROVEN -> Outcome.NOT_CURED;
      case NOT_AWAITED -> completed ? Outcome.COMPLETED : Outcome.FAILED;
    };
  }

  private static String told(ResetJob job, TableResult result) {
    return job.cause()
        .map(ResetFailure::message)
        .or(() -> result.cure().map(Cure::reason))
        .orElse("");
  }

  /** Whether it built copies anew; a flush builds none. */
  public boolean builtCopies() {
    return remedy.compareTo(Remedy.FLUSH) > 0;
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
