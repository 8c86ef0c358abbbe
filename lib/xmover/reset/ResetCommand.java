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
   * @param sent what became of the ALTERs to 0
   * @param justSeen whether the table was seen at 0, under the name it has, this very moment
   * @param commit whether the primaries are to commit first, so that their copies are built from
   *     files: an operation that no replica can replay would leave a copy UNASSIGNED for good
   */
  record Restore(Sent sent, boolean justSeen, boolean commit) implements ResetCommand {}

  /** Nothing: what was begun goes on, or the reset has ended. */
  record Nothing() implements ResetCommand {}
}
