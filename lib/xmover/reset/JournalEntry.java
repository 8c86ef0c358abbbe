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

  /** What is to be remembered of a job whose setting was read. */
  public static JournalEntry of(RunIdentity run, ResetJob job, Instant now) {
    return new JournalEntry(
        run,
        job.table(),
        job.originalSetting(),
        job.primaries(),
        job.state(),
        Optional.ofNullable(job.restore()),
        now);
  }

  /** True when nothing is left to do: the reset ended and its restore did not fail. */
  public boolean isSettled() {
    return state.isEnd() && !restore.equals(Optional.of(RestoreOutcome.FAILED));
  }

  /** The same reset, closed: its replicas are back, or no longer ours to put back. */
  public JournalEntry settled(RestoreOutcome outcome, Instant now) {
    return new JournalEntry(
        run, table, original, primaries, ResetState.FAILED, Optional.of(outcome), now);
  }
}
