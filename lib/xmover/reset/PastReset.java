package xmover.reset;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.TableRef;
import xmover.table.Verdict;

/**
 * A reset that took a table's replicas and ended, or a gentler remedy that was applied.
 *
 * @param remedy what was done in the end
 * @param told what came of it, in words
 * @param at when that was known
 * @param figures empty where the version that remembered it knew none
 */
public record PastReset(
    RunIdentity run,
    TableRef table,
    Remedy remedy,
    Outcome outcome,
    String told,
    Instant at,
    Optional<Figures> figures) {
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

  /**
   * Why it was done and what it took.
   *
   * @param reason what was seen of the table, in words
   * @param atZero how long it was at 0 replicas; empty where its end was not seen
   * @param fewer how long which of its data had one copy fewer
   * @param before the worst replica's uncommitted translog; empty where no replica reported one
   * @param after the same once it was done
   */
  public record Figures(
      String reason,
      Optional<Duration> atZero,
      FewerCopies fewer,
      Optional<Bytes> before,
      Optional<Bytes> after) {
    public Figures {
      reason = cut(reason);
    }

    /** A gate that refused it says why it was not to be healed, and not why it was. */
    private static String why(Finding finding) {
      Optional<String> seen = finding.diagnoses().stream().findFirst().map(Diagnosis::text);
      return seen.filter(text -> finding.verdict().action() == Verdict.Action.REFUSED)
          .orElse(finding.verdict().reason());
    }

    private static Figures of(TableResult result) {
      return new Figures(
          why(result.finding()),
          result.isCritical()
              ? Optional.empty()
              : Optional.of(result.job().map(job -> job.times().atRisk()).orElse(Duration.ZERO)),
          result.fewer(),
          result.finding().totals().largestReplicaTranslog(),
          result
              .after()
              .flatMap(TableResult.After::largestReplicaTranslog)
              .or(() -> result.cure().flatMap(Cure::worstReplica)));
    }
  }

  public PastReset {
    told = cut(told);
  }

  /** One of which no more is known. */
  public PastReset(
      RunIdentity run, TableRef table, Remedy remedy, Outcome outcome, String told, Instant at) {
    this(run, table, remedy, outcome, told, at, Optional.empty());
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** What is to be remembered of a result; nothing when nothing was done to its copies. */
  public static Optional<PastReset> of(RunIdentity run, TableResult result, Instant now) {
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
                    now,
                    Optional.of(Figures.of(result))))
        .or(
            () ->
                result.treatment().filter(RemedyResult::applied).map(t -> of(run, result, t, now)));
  }

  private static PastReset of(RunIdentity run, TableResult result, RemedyResult done, Instant now) {
    return new PastReset(
        run,
        result.finding().table(),
        done.remedy(),
        outcome(done.cure(), true),
        done.told(),
        now,
        Optional.of(Figures.of(result)));
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
