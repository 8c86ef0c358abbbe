package xmover.reset;

import java.time.Duration;

/** What is to be done next for a table whose reset is under way. */
public sealed interface ResetCommand {
  /** Read the table's setting and its number of primaries from the catalogue. */
  record ReadSetting() implements ResetCommand {}

  /** Set the replicas to 0, and read back until it shows. */
  record SetZero() implements ResetCommand {}

  /**
   * Look at the leases.
   *
   * @param after how long to wait before
   * @param sync whether to ask CrateDB for a lease sync first
   */
  record Look(Duration after, boolean sync) implements ResetCommand {}

  /**
   * Restore the original setting, for as long as it takes.
   *
   * @param mayBeChanged false when it is all but certain that nothing was changed: a look is enough
   */
  record Restore(boolean mayBeChanged) implements ResetCommand {}

  /** Nothing: what was begun goes on, or the reset has ended. */
  record Nothing() implements ResetCommand {}
}
