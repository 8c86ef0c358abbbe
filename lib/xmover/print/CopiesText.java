package xmover.print;

import java.util.List;
import xmover.detect.CopyState;
import xmover.table.Checkpoints;

/** Shard copies for people: leases, translog, sequence numbers and recovery of each, and why. */
public final class CopiesText {
  /** What one look can't tell apart. */
  private static final String TWO_LOOKS =
      "A copy that is written to misses an operation for a moment: look again, as with --watch.";

  private CopiesText() {}

  /** A table with a line break at its end, and below it what one look can't tell. */
  public static String render(List<CopyState> copies, Terminal terminal) {
    String note = copies.stream().anyMatch(CopyState::hasGap) ? TWO_LOOKS + "\n" : "";
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
        .number("Max/local/global", CopiesText::numbers)
        .text("Recovery", copy -> copy.recovery().map(Object::toString).orElse("-"))
        .text("Why", CopiesText::why)
        .render(copies, terminal, copy -> !copy.state().equals("STARTED"));
  }

  /** Why it is judged as it is, in words. */
  public static String why(CopyState copy) {
    if (copy.isUnassigned()) {
      return "has no node";
    }
    return copy.isWhole()
        ? copy.checkpoints().map(CopiesText::why).orElse("not readable")
        : "is being built";
  }

  private static String why(Checkpoints seen) {
    if (seen.global() > seen.local() || seen.local() > seen.maxSeqNo()) {
      return "not readable: its sequence numbers do not fit together";
    }
    if (seen.local() < seen.maxSeqNo()) {
      return "misses an operation: local %d of max %d".formatted(seen.local(), seen.maxSeqNo());
    }
    return seen.global() < seen.local()
        ? "complete, lags: another copy is known up to %d only".formatted(seen.global())
        : "complete";
  }

  /** Its sequence numbers: max, local, global. */
  private static String numbers(CopyState copy) {
    return copy.checkpoints()
        .map(seen -> "%d/%d/%d".formatted(seen.maxSeqNo(), seen.local(), seen.global()))
        .orElse("-");
  }
}
