package xmover.reset;

import java.util.Optional;
import xmover.table.LeaseReading;
import xmover.table.ReplicaSetting;

/** What happened to a table whose reset is under way. */
public sealed interface ResetEvent {
  /** The reset may begin. */
  record Started() implements ResetEvent {}

  /** The catalogue answered; a setting in an unknown form is empty. */
  record SettingRead(Optional<ReplicaSetting> setting, long primaries) implements ResetEvent {}

  /** The catalogue could not be asked before anything was changed. */
  record ReadFailed(String reason) implements ResetEvent {}

  /** The table or partition is not in the catalogue any more. */
  record TableGone() implements ResetEvent {}

  /**
   * The catalogue shows 0.
   *
   * @param anotherPending whether an earlier ALTER to 0 got no answer and may be applied later
   */
  record ZeroSeen(boolean anotherPending) implements ResetEvent {}

  /**
   * The catalogue does not show 0.
   *
   * @param mayBeApplied false only when the ALTER never left or the server refused it; a lost
   *     answer says nothing
   * @param pending whether an ALTER got no answer and may be applied later
   */
  record ZeroFailed(String reason, boolean mayBeApplied, boolean pending) implements ResetEvent {}

  /** The leases were looked at. */
  record LeasesRead(LeaseReading reading) implements ResetEvent {}

  /** The leases could not be looked at. */
  record LookFailed(String reason) implements ResetEvent {}

  /** The catalogue shows the original setting again. */
  record RestoreSeen() implements ResetEvent {}

  /** The time for the leases is over while a look hangs. */
  record TimeUp(String waitingFor) implements ResetEvent {}

  /** The original setting was never changed. */
  record NeverChanged() implements ResetEvent {}

  /** The catalogue shows neither 0 nor the original: somebody else set it. */
  record ChangedByOthers(String found) implements ResetEvent {}

  /** Every attempt to restore failed. */
  record RestoreFailed(String reason) implements ResetEvent {}

  /**
   * A reset that another process began goes on.
   *
   * @param zero whether the catalogue shows 0, as it does while the leases are waited for
   */
  record Resumed(boolean zero) implements ResetEvent {}

  /** The run is stopping: put the table back at once. */
  record Stopped(String reason) implements ResetEvent {}
}
