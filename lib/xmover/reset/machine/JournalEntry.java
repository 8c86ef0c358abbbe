package xmover.reset.machine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/**
 * What the journal knows of the reset of one table: enough to put its replicas back.
 *
 * @param table what the table was called when the reset began
 * @param identity which table that was; empty in journals of versions that did not ask
 * @param original the setting to restore, verbatim
 * @param restore how the restore ended; empty while it has not
 * @param ends what a later run has to look at
 * @param since when the table came to be at risk
 * @param at when the entry was written
 */
public record JournalEntry(
    RunIdentity run,
    TableRef table,
    Optional<TableIdentity> identity,
    ReplicaSetting original,
    long primaries,
    ResetState state,
    Optional<RestoreOutcome> restore,
    OpenEnds ends,
    Instant since,
    Instant at) {
  /** What is added to a later time may be no time any more. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public JournalEntry {
    if (original.isZero()) {
      throw new IllegalArgumentException(
          "it would restore " + table + " to 0 replicas, which no reset ever began with");
    }
    for (Instant time : List.of(since, at, ends.missingSince().orElse(at))) {
      if (time.isAfter(LATEST)) {
        throw new IllegalArgumentException("no reset was at " + time);
      }
    }
  }

  /** An entry that knows its table by name alone, as older versions wrote it. */
  public JournalEntry(
      RunIdentity run,
      TableRef table,
      ReplicaSetting original,
      long primaries,
      ResetState state,
      Optional<RestoreOutcome> restore,
      Instant at) {
    this(run, table, Optional.empty(), original, primaries, state, restore, OpenEnds.NONE, at, at);
  }

  /**
   * What is to be remembered of a job whose setting was read. One that a later run has to look at
   * again is remembered as to be restored, and how its restore ended the first time.
   */
  public static JournalEntry of(RunIdentity run, ResetJob job, Instant now) {
    boolean lookAgain = job.state().isEnd() && job.openEnds().isOpen();
    return new JournalEntry(
        run,
        job.subject().begunAs(),
        job.subject().identity(),
        job.originalSetting(),
        job.primaries(),
        lookAgain ? ResetState.RESTORING_REPLICAS : job.state(),
        Optional.ofNullable(job.restore()),
        job.openEnds(),
        Optional.ofNullable(job.times().zeroSince()).orElse(now),
        now);
  }

  /** True when it is known to be about another cluster than this one. */
  public boolean isOfAnother(String clusterId) {
    return identity.filter(who -> !who.clusterId().equals(clusterId)).isPresent();
  }

  /** True when nothing is left to do: the reset ended and its restore did not fail. */
  public boolean isSettled() {
    return state.isEnd() && !restore.equals(Optional.of(RestoreOutcome.FAILED));
  }

  /** Whether it ended, and was kept for another look alone. */
  public boolean isLookedAtAgain() {
    return !state.isEnd() && restore.filter(ended -> ended != RestoreOutcome.FAILED).isPresent();
  }

  /** What is open when another process goes on with it. */
  OpenEnds endsFound() {
    return isLookedAtAgain() ? ends.lookedAtAgain() : ends.late(isInterimUnseen());
  }

  /** Whether its process died before it told that the table is at 0, or that it is not. */
  public boolean isZeroUnseen() {
    return state == ResetState.SETTING_REPLICAS_ZERO;
  }

  /** Whether its process died with an ALTER to the interim setting under way, or near one. */
  private boolean isInterimUnseen() {
    boolean restoring = state == ResetState.RESTORING_REPLICAS && restore.isEmpty();
    return restoring && ends.interim().isPresent();
  }

  /**
   * The same reset, to be restored at once instead of waited for.
   *
   * @param seenAtZero whether its table is seen at 0, so that no ALTER to 0 is still to come
   */
  public JournalEntry restoring(boolean seenAtZero) {
    return with(
        original,
        ResetState.RESTORING_REPLICAS,
        restore,
        ends.late((isZeroUnseen() && !seenAtZero) || isInterimUnseen()));
  }

  /** The same reset, to be restored to another setting. */
  public JournalEntry to(ReplicaSetting other) {
    return with(other, state, restore, ends);
  }

  /** Closed by a person, who knows what no look at the cluster can tell. */
  public JournalEntry forgotten() {
    return with(original, ResetState.FAILED, Optional.of(RestoreOutcome.NOT_NEEDED), ends);
  }

  private JournalEntry with(
      ReplicaSetting setting, ResetState next, Optional<RestoreOutcome> ended, OpenEnds open) {
    return new JournalEntry(run, table, identity, setting, primaries, next, ended, open, since, at);
  }
}
