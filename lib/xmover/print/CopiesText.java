package xmover.print;

import java.util.List;
import xmover.detect.CopyState;

/** Shard copies for people: leases, translog, sequence numbers and recovery of each, and why. */
public final class CopiesText {
  private CopiesText() {}

  /** A table with a line break at its end, and below it what one look can't tell. */
  public static String render(List<CopyState> copies, Terminal terminal) {
    String note = copies.stream().anyMatch(CopyState::hasGap) ? CopyWords.TWO_LOOKS + "\n" : "";
    return table(copies, terminal) + note;
  }

  private static String table(List<CopyState> copies, Terminal terminal) {
    return new TextTable<CopyState>()
        .text("Table", CopyState::table)
        .number("Shard", CopyState::id)
        .text("Copy", copy -> copy.primary() ? "primary" : "replica")
        .text("State", CopyState::state)
        .text("Node", copy -> copy.node().orElse("-"))
        .number("Uncommitted", copy -> copy.uncommitted().map(Object::toString).orElse("-"))
        .number("Leases", CopyState::leases)
        .number("Max/local/global", CopyWords::numbers)
        .text("Recovery", copy -> copy.recovery().map(Object::toString).orElse("-"))
        .text("Why", CopyWords::why)
        .render(copies, terminal, copy -> !copy.state().equals("STARTED"));
  }
}
