package xmover.reset.machine;

import java.time.Instant;
import java.util.Optional;
import xmover.table.LeaseReading;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** What happened to a table whose reset is under way. */
public sealed interface ResetEvent {
  /** The reset may begin. */
  record Started() implements ResetEvent {}

  /**
   * The catalogue answered; a setting in an unknown form is empty, and so is what no copy tells.
   */
  record SettingRead(
      Optional<ReplicaSetting> setting, long primaries, Optional<TableIdentity> identity)
      implements ResetEvent {}

  /** The catalogue could not be asked before anything was changed. */
  record ReadFailed(String reason) implements ResetEvent {}

  /** The table or partition is gone, and that is proven. */
  record TableGone() implements ResetEvent {}

  /** It is called otherwise now, after a RENAME or a SWAP. */
  record Renamed(TableRef now) implements ResetEvent {}

  /** The journal can't be written, and what was to follow was not done. */
  record JournalFailed(String reason) implements ResetEvent {}

  /**
   * The catalogue shows 0.
   *
   * @param zero whether another ALTER to 0, which got no answer, may be applied later
   */
  record ZeroSeen(ZeroAlter zero) implements ResetEvent {}

  /** The catalogue does not show 0. */
  record ZeroFailed(String reason, ZeroAlter zero) implements ResetEvent {}

  /** An ALTER to 0 was not seen and may be applied at any time; another one is about to leave. */
  record ZeroPending() implements ResetEvent {}

  /**
   * Whoever has the name under which an ALTER to 0 left was looked at.
   *
   * @param stray another table that shows 0, or may; nobody has read what it had
   */
  record StrayLooked(Optional<OpenEnds.Stray> stray) implements ResetEvent {}

  /** The leases were looked at. */
  record LeasesRead(LeaseReading reading) implements ResetEvent {}

  /** The leases could not be looked at. */
  record LookFailed(String reason) implements ResetEvent {}

  /** Somebody did something to the table that makes waiting for its leases pointless. */
  record Disturbed(ResetFailure.Cause cause, String what) implements ResetEvent {}

  /**
   * The catalogue shows the original setting again.
   *
   * @param refused whether CrateDB refused the last ALTER to it all the same: it was applied, or
   *     what was read is old
   * @param interimPending whether an ALTER to the interim setting was never seen and may be applied
   *     later
   */
  record RestoreSeen(boolean refused, boolean interimPending) implements ResetEvent {}

  /** The time for the leases is over while a look hangs. */
  record TimeUp(String waitingFor) implements ResetEvent {}

  /** The original setting was never changed. */
  record NeverChanged() implements ResetEvent {}

  /** The catalogue shows neither 0 nor the original: somebody else set it. */
  record ChangedByOthers(String found) implements ResetEvent {}

  /** No ALTER ever left, and nobody could read the setting. */
  record NothingSent() implements ResetEvent {}

  /**
   * Every attempt to restore failed.
   *
   * @param remedy what lifts it; empty where nothing better is known than to try again
   * @param interim the setting that was accepted meanwhile
   * @param interimPending whether an ALTER to such a setting was never seen and may be applied
   *     later
   * @param missingSince when the table was first seen nowhere
   */
  record RestoreFailed(
      String reason,
      String remedy,
      Optional<ReplicaSetting> interim,
      boolean interimPending,
      Optional<Instant> missingSince)
      implements ResetEvent {
    /** One that says nothing but why. */
    public RestoreFailed(String reason) {
      this(reason, "", Optional.empty(), false, Optional.empty());
    }
  }

  /** CrateDB refuses the original setting, and another one is to be set meanwhile. */
  record InterimChosen(ReplicaSetting interim) implements ResetEvent {}

  /**
   * A reset that another process began goes on.
   *
   * @param atZero whether the catalogue shows 0, as it does while the leases are waited for
   * @param zero whether the ALTER to 0 was seen
   * @param named what the table is called now; empty while nobody sees it
   */
  record Resumed(boolean atZero, ZeroAlter zero, Optional<TableRef> named) implements ResetEvent {}

  /**
   * The run is stopping: put the table back at once.
   *
   * @param zero what is known of an ALTER to 0 that another process sent; SEEN where there is none
   */
  record Stopped(String reason, ZeroAlter zero) implements ResetEvent {
    /** Nothing is open. */
    public Stopped(String reason) {
      this(reason, ZeroAlter.SEEN);
    }
  }
}
