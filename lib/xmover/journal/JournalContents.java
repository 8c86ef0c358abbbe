package xmover.journal;

import java.util.List;
import java.util.Optional;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;

/**
 * What a journal says, for who only looks.
 *
 * @param unfinished the latest entry of each table whose reset is not settled
 * @param held the hold on rebalancing that was not released
 * @param troubles what of it can't be read, in a sentence each
 */
public record JournalContents(
    List<JournalEntry> unfinished, Optional<RebalanceHold> held, List<String> troubles) {
  /** There is no journal. */
  public static final JournalContents NOTHING = new JournalContents(List.of(), Optional.empty());

  public JournalContents {
    unfinished = List.copyOf(unfinished);
    troubles = List.copyOf(troubles);
  }

  public JournalContents(List<JournalEntry> unfinished, Optional<RebalanceHold> held) {
    this(unfinished, held, List.of());
  }
}
