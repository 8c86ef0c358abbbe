package xmover.detect;

import java.util.Optional;

/**
 * What detection could not see, so that "nothing found" is never read as "all fine".
 *
 * @param everyTableVisible true for a superuser alone: CrateDB shows others only tables on which
 *     they hold a privilege, and does not say how many it leaves out
 * @param visibleTables tables the user sees, a partitioned one counted once
 * @param wantedTables of those the ones that were asked for: all, or those that a filter lets pass
 * @param unreportedCopies shard copies without statistics: unassigned, or still starting
 * @param unexplained why CrateDB could not be asked what keeps them from a node; empty when it was
 */
public record Hidden(
    boolean everyTableVisible,
    long visibleTables,
    long wantedTables,
    long unreportedCopies,
    Optional<String> unexplained) {
  /** Nothing that matters was hidden. */
  public static final Hidden NOTHING = new Hidden(true, 0, 0);

  /** Where all tables were asked for. */
  public Hidden(boolean everyTableVisible, long visibleTables, long unreportedCopies) {
    this(everyTableVisible, visibleTables, visibleTables, unreportedCopies, Optional.empty());
  }

  /** A sentence about it, empty when nothing was hidden. */
  public Optional<String> note(String user) {
    var note = new StringBuilder();
    if (!everyTableVisible) {
      note.append(
          ("User '%s' is no superuser: only the %s tables on which it holds a privilege were looked"
                  + " at. Other tables may be problematic.")
              .formatted(user, visibleTables));
    }
    if (unreportedCopies > 0) {
      note.append(note.isEmpty() ? "" : " ")
          .append("Shard copies without statistics (unassigned or starting), not judged: ")
          .append(unreportedCopies)
          .append('.');
      unexplained.ifPresent(
          why -> note.append(" Whether CrateDB gave them up could not be read: ").append(why));
    }
    return note.isEmpty() ? Optional.empty() : Optional.of(note.toString());
  }
}
