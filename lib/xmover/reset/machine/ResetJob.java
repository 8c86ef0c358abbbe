package xmover.reset.machine;

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
 * @param stopping whether it was asked to stop while the ALTER to 0 was under way, or later
 */
public record ResetJob(
    Subject subject,
    ResetState state,
    Before before,
    ResetTimes times,
    Leases leases,
    boolean stopping,
    End end) {
  /**
   * What the table had before its reset.
   *
   * @param original the setting to restore, verbatim; null until it was read
   * @param primaries how many primaries the catalogue counts
   */
  public record Before(@Nullable ReplicaSetting original, long primaries) {}

  /**
   * The wait for its leases.
   *
   * @param looks how often they were looked at
   * @param relocating primaries that were on the move at the last look
   */
  public record Leases(int looks, int relocating) {
    public static final Leases NONE = new Leases(0, 0);
  }

  /**
   * How it ends.
   *
   * @param failure the first cause; null while there is none
   * @param restore how the restore ended; null while it has not
   */
  public record End(
      @Nullable ResetFailure failure, @Nullable RestoreOutcome restore, OpenEnds openEnds) {
    static End open(OpenEnds ends) {
      return new End(null, null, ends);
    }
  }

  /** A job about to begin. */
  public static ResetJob detected(TableRef table, Instant now) {
    return new ResetJob(
        Subject.of(table),
        ResetState.DETECTED,
        new Before(null, 0),
        ResetTimes.startingAt(now),
        Leases.NONE,
        false,
        End.open(OpenEnds.NONE));
  }

  /**
   * A job that another process began: it waits for the leases, or is to be restored.
   *
   * @param table what this run calls it
   */
  public static ResetJob resumed(
      JournalEntry entry, TableRef table, Instant now, Instant deadline) {
    boolean waiting =
        entry.state() == ResetState.SETTING_REPLICAS_ZERO
            || entry.state() == ResetState.MONITORING_LEASES;
    return new ResetJob(
        new Subject(table, entry.table(), entry.table(), entry.identity()),
        waiting ? ResetState.MONITORING_LEASES : ResetState.RESTORING_REPLICAS,
        new Before(entry.original(), entry.primaries()),
        new ResetTimes(now, now, entry.since(), deadline, Duration.ZERO),
        Leases.NONE,
        false,
        End.open(entry.endsFound()));
  }

  /** The same after a bug: what was at risk nobody restored, and an end stays what it was. */
  public ResetJob broken(String reason) {
    return state.isAtRisk() ? unrestored(reason, "").restored(RestoreOutcome.FAILED) : this;
  }

  /** The same as a last look at the end of the run found its table. */
  public ResetJob found(RestoreOutcome outcome, OpenEnds ends) {
    return restored(outcome).leaving(ends);
  }

  /** What this run calls it. */
  public TableRef table() {
    return subject.table();
  }

  /** What it was called when it was last seen. */
  public TableRef named() {
    return subject.named();
  }

  /** The setting to restore; null until it was read. */
  public @Nullable ReplicaSetting original() {
    return before.original();
  }

  public long primaries() {
    return before.primaries();
  }

  public int looks() {
    return leases.looks();
  }

  /** The first cause; null while there is none. */
  public @Nullable ResetFailure failure() {
    return end.failure();
  }

  /** How the restore ended; null while it has not. */
  public @Nullable RestoreOutcome restore() {
    return end.restore();
  }

  public OpenEnds openEnds() {
    return end.openEnds();
  }

  /** The first cause why it did not complete. */
  public Optional<ResetFailure> cause() {
    return Optional.ofNullable(end.failure());
  }

  /** Whether it ended before number_of_replicas was 0, as far as anybody can know. */
  public boolean wasNeverZero() {
    return restore() != RestoreOutcome.FAILED
        && cause()
            .map(ResetFailure::cause)
            .filter(
                c -> c == ResetFailure.Cause.ZEROING_FAILED || c == ResetFailure.Cause.NOT_TOUCHED)
            .isPresent();
  }

  /** Whether the table, or one that was met in its place, may be without its replicas. */
  public boolean isCritical() {
    return restore() == RestoreOutcome.FAILED || openEnds().stray().isPresent();
  }

  /** Whether an ALTER whose answer was lost may still be applied. */
  public boolean isLate() {
    return openEnds().late();
  }

  /** The setting to restore; asking before it was read is a bug. */
  public ReplicaSetting originalSetting() {
    if (before.original() == null) {
      throw new IllegalStateException(table() + ": its setting was never read");
    }
    return before.original();
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
    return new ResetJob(now, state, before, times, leases, stopping, end);
  }

  ResetJob withSetting(ReplicaSetting setting, long count) {
    return new ResetJob(subject, state, new Before(setting, count), times, leases, stopping, end);
  }

  ResetJob withDeadline(Instant deadline) {
    return with(state, times.until(deadline));
  }

  ResetJob looked(int nowRelocating) {
    Leases now = new Leases(looks() + 1, nowRelocating);
    return new ResetJob(subject, state, before, times, now, stopping, end);
  }

  /** It is to be put back as soon as that is possible. */
  ResetJob stopping(String reason) {
    ResetJob why = because(ResetFailure.Cause.STOPPED, reason);
    return new ResetJob(subject, state, before, times, leases, true, why.end);
  }

  /** Keeps the first cause there was. */
  ResetJob because(ResetFailure.Cause cause, String message) {
    return cause().isEmpty() ? failing(new ResetFailure(cause, message)) : this;
  }

  /** Says why the leases did not clear; keeps any other first cause. */
  ResetJob explained(ResetFailure.Cause cause, String message) {
    return cause().filter(first -> first.cause() == ResetFailure.Cause.LEASES_TIMED_OUT).isPresent()
        ? failing(new ResetFailure(cause, message))
        : because(cause, message);
  }

  /** Keeps the first cause, and says beside it why the restore failed and what lifts that. */
  ResetJob unrestored(String reason, String remedy) {
    return failing(
        cause()
            .map(
                first ->
                    new ResetFailure(
                        first.cause(),
                        first.message() + "; then the restore failed: " + reason,
                        remedy))
            .orElseGet(() -> new ResetFailure(ResetFailure.Cause.RESTORE_FAILED, reason, remedy)));
  }

  ResetJob leaving(OpenEnds ends) {
    return ending(new End(failure(), restore(), ends));
  }

  ResetJob restored(RestoreOutcome outcome) {
    return ending(new End(failure(), outcome, openEnds()));
  }

  private ResetJob failing(ResetFailure why) {
    return ending(new End(why, restore(), openEnds()));
  }

  private ResetJob ending(End now) {
    return new ResetJob(subject, state, before, times, leases, stopping, now);
  }

  private ResetJob with(ResetState next, ResetTimes nextTimes) {
    return new ResetJob(subject, next, before, nextTimes, leases, stopping, end);
  }
}
