package xmover.journal.file;

import java.util.List;
import java.util.Optional;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;

/**
 * What a journal's file says. Its last line may be torn, because the process or the machine died
 * while it was being written: nobody relied on it yet.
 *
 * @param unfinished the latest entry of each table that is not settled, in the order they were
 *     begun
 * @param held the hold on rebalancing that was not released
 * @param unreadable text that says nothing, or what can't be; the rest counts all the same
 * @param length bytes up to the end of the last whole line
 * @param lineEnded false when that line lacks its line break
 */
record JournalText(
    List<JournalEntry> unfinished,
    Optional<RebalanceHold> held,
    List<Unreadable> unreadable,
    long length,
    boolean lineEnded) {
  /** There is no file. */
  static final JournalText NONE = new JournalText(List.of(), Optional.empty(), List.of(), 0, true);

  /**
   * A part of the file.
   *
   * @param from its first byte
   * @param to the byte after its last
   * @param line the line it begins in, from 1
   */
  record Unreadable(long from, long to, long line, String why) {}

  JournalText {
    unfinished = List.copyOf(unfinished);
    unreadable = List.copyOf(unreadable);
  }

  /** Where the unreadable text is, and why it is unreadable. */
  String whatIsUnreadable() {
    Unreadable first = unreadable.get(0);
    return "line %d%s can't be read (%s)"
        .formatted(
            first.line,
            unreadable.size() == 1 ? "" : " and " + (unreadable.size() - 1) + " other places",
            first.why);
  }
}
