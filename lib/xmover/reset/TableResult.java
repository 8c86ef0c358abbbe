package xmover.reset;

import java.util.Optional;
import xmover.table.Bytes;
import xmover.table.Finding;

/**
 * What became of one table in a run.
 *
 * @param job how its reset ended; empty when it was never started
 * @param notStarted why it was never started; empty when it was
 * @param after what a last look at the cluster showed; empty when it could not be had
 */
public record TableResult(
    Finding finding, Optional<ResetJob> job, String notStarted, Optional<After> after) {

  /**
   * The table after the run.
   *
   * @param replicas number_of_replicas as the catalogue shows it
   * @param largestReplicaTranslog empty while no replica reports one
   */
  public record After(String replicas, Optional<Bytes> largestReplicaTranslog) {}

  static TableResult ended(Finding finding, ResetJob job) {
    return new TableResult(finding, Optional.of(job), "", Optional.empty());
  }

  static TableResult notStarted(Finding finding, String reason) {
    return new TableResult(finding, Optional.empty(), reason, Optional.empty());
  }

  TableResult with(ResetJob job, After seen) {
    return new TableResult(finding, Optional.of(job), notStarted, Optional.of(seen));
  }

  /** True when the leases cleared and the original setting is back. */
  public boolean isCompleted() {
    return job.filter(j -> j.state() == ResetState.COMPLETED).isPresent();
  }

  /** True when the table may still be without its replicas. */
  public boolean isCritical() {
    return job.filter(j -> j.restore() == RestoreOutcome.FAILED).isPresent();
  }

  /** True when its time ran out; the replicas are back. */
  public boolean isTimedOut() {
    return job.flatMap(ResetJob::cause)
        .filter(f -> f.cause() == ResetFailure.Cause.LEASES_TIMED_OUT)
        .isPresent();
  }
}
