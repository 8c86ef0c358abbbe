package xmover.reset;

import java.time.Instant;
import java.util.Optional;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * What the journal knows of the reset of one table: enough to put its replicas back.
 *
 * @param original the setting to restore, verbatim
 * @param restore how the restore ended; empty while it has not
 * @param at when the entry was written
 */
public record JournalEntry(
    RunIdentity run,
    TableRef table,
    ReplicaSetting original,
    long primaries,
    ResetState state,
    Optional<RestoreOutcome> restore,
    Instant at) {

  /**
   * What is to be remembered of a job whose setting was read. One that ended while an ALTER to 0
   * may still be applied is remembered as to be restored, so that a later run looks again.
   */
  public static JournalEntry of(RunIdentity run, ResetJob job, Instant now) {
    boolean lookAgain = job.state().isEnd() && job.lateZero();
    return new JournalEntry(
        run,
        job.table(),
        job.originalSetting(),
        job.primaries(),
        lookAgain ? ResetState.RESTORING_REPLICAS : job.state(),
        lookAgain ? Optional.empty() : Optional.ofNullable(job.restore()),
        now);
  }

  /** True when nothing is left to do: the reset ended and its restore did not fail. */
  public boolean isSettled() {
    return state.isEnd() && !restore.equals(Optional.of(RestoreOutcome.FAILED));
  }

  /** The same reset, to be restored at once instead of waited for. */
  public JournalEntry restoring() {
    return new JournalEntry(
        run, table, original, primaries, ResetState.RESTORING_REPLICAS, restore, at);
  }
}
