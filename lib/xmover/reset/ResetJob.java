package xmover.reset;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * The reset of one table or partition: everything that is known of it at one instant. A value;
 * {@link ResetMachine} makes the next one.
 *
 * @param original the setting to restore, verbatim; null until it was read
 * @param primaries how many primaries the catalogue counts
 * @param looks how often the leases were looked at
 * @param relocating primaries that were on the move at the last look
 * @param failure the first cause; null while there is none
 * @param restore how the restore ended; null while it has not
 */
public record ResetJob(
    Subject subject,
    ResetState state,
    @Nullable ReplicaSetting original,
    long primaries,
    ResetTimes times,
    int looks,
    int relocating,
    @Nullable ResetFailure failure,
    @Nullable RestoreOutcome restore,
    OpenEnds openEnds) {
  /** A job about to begin. */
  public static ResetJob detected(TableRef table, Instant now) {
    return new ResetJob(
        Subject.of(table),
        ResetState.DETECTED,
        null,
        0,
        ResetTimes.startingAt(now),
        0,
        0,
        null,
        null,
        OpenEnds.NONE);
  }

  /**
   * A job that another process began: it waits for the leases, or is to be restored.
   *
   * @param table what this run calls it
   */
  static ResetJob resumed(JournalEntry entry, TableRef table, Instant now, Instant deadline) {
    boolean waiting =
        entry.state() == ResetState.SETTING_REPLICAS_ZERO
            || entry.state() == ResetState.MONITORING_LEASES;
    return new ResetJob(
        new Subject(table, entry.table(), entry.table(), entry.identity()),
        waiting ? ResetState.MONITORING_LEASES : ResetState.RESTORING_REPLICAS,
        entry.original(),
        entry.primaries(),
        new ResetTimes(now, now, entry.since(), deadline, Duration.ZERO),
        0,
        0,
        null,
        null,
        entry.endsFound());
  }

  /** What this run calls it. */
  public TableRef table() {
    return subject.table();
  }

  /** What it was called when it was last seen. */
  public TableRef named() {
    return subject.named();
  }

  /** The first cause why it did not complete. */
  public Optional<ResetFailure> cause() {
    return Optional.ofNullable(failure);
  }

  /** Whether it ended before number_of_replicas was 0, as far as anybody can know. */
  boolean wasNeverZero() {
    return restore != RestoreOutcome.FAILED
        && cause()
            .map(ResetFailure::cause)
            .filter(
                c -> c == ResetFailure.Cause.ZEROING_FAILED || c == ResetFailure.Cause.NOT_TOUCHED)
            .isPresent();
  }

  /** Whether the table, or one that was met in its place, may be without its replicas. */
  public boolean isCritical() {
    return restore == RestoreOutcome.FAILED || openEnds.stray().isPresent();
  }

  /** Whether an ALTER whose answer was lost may still be applied. */
  public boolean isLate() {
    return openEnds.late();
  }

  /** The setting to restore; asking before it was read is a bug. */
  public ReplicaSetting originalSetting() {
    if (original == null) {
      throw new IllegalStateException(table() + ": its setting was never read");
    }
    return original;
  }

  /** When the wait for the leases ends; asking before it began is a bug. */
  public Instant deadline() {
    if (times.deadline() == null) {
      throw new IllegalStateException(table() + ": its leases were never waited for");
    }
    return times.deadline();
  }

  /** When the table came to be at risk; asking before it was is a bug. */
  Instant zeroSince() {
    if (times.zeroSince() == null) {
      throw new IllegalStateException(table() + ": it was never at risk");
    }
    return times.zeroSince();
  }

  /** The job in another state; only a legal one. */
  ResetJob enter(ResetState next, Instant now) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(
          "%s: %s can't become %s, only %s".formatted(table(), state, next, state.next()));
    }
    return with(next, times.entering(state, next, now));
  }

  ResetJob about(Subject now) {
    return new ResetJob(
        now, state, original, primaries, times, looks, relocating, failure, restore, openEnds);
  }

  ResetJob withSetting(ReplicaSetting setting, long count) {
    return new ResetJob(
        subject, state, setting, count, times, looks, relocating, failure, restore, openEnds);
  }

  ResetJob withDeadline(Instant end) {
    return with(state, times.until(end));
  }

  ResetJob looked(int nowRelocating) {
    return new ResetJob(
        subject,
        state,
        original,
        primaries,
        times,
        looks + 1,
        nowRelocating,
        failure,
        restore,
        openEnds);
  }

  /** Keeps the first cause there was. */
  ResetJob because(ResetFailure.Cause cause, String message) {
    return failure == null ? failing(new ResetFailure(cause, message)) : this;
  }

  /** Says why the leases did not clear; keeps any other first cause. */
  ResetJob explained(ResetFailure.Cause cause, String message) {
    boolean timedOut = failure != null && failure.cause() == ResetFailure.Cause.LEASES_TIMED_OUT;
    return timedOut ? failing(new ResetFailure(cause, message)) : because(cause, message);
  }

  /** Keeps the first cause, and says beside it why the restore failed and what lifts that. */
  ResetJob unrestored(String reason, String remedy) {
    return failing(
        failure == null
            ? new ResetFailure(ResetFailure.Cause.RESTORE_FAILED, reason, remedy)
            : new ResetFailure(
                failure.cause(),
                failure.message() + "; then the restore failed: " + reason,
                remedy));
  }

  ResetJob leaving(OpenEnds ends) {
    return new ResetJob(
        subject, state, original, primaries, times, looks, relocating, failure, restore, ends);
  }

  ResetJob restored(RestoreOutcome outcome) {
    return new ResetJob(
        subject, state, original, primaries, times, looks, relocating, failure, outcome, openEnds);
  }

  private ResetJob failing(ResetFailure why) {
    return new ResetJob(
        subject, state, original, primaries, times, looks, relocating, why, restore, openEnds);
  }

  private ResetJob with(ResetState next, ResetTimes nextTimes) {
    return new ResetJob(
        subject,
        next,
        original,
        primaries,
        nextTimes,
        looks,
        relocating,
        failure,
        restore,
        openEnds);
  }
}
