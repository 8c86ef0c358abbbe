package xmover.print;

import xmover.detect.CopyState;
import xmover.table.Checkpoints;

/** Why a copy of a shard is judged as it is, in words. */
public final class CopyWords {
  /** What one look can't tell apart. */
  static final String TWO_LOOKS =
      "A copy that is written to misses an operation for a moment: look again, as with --watch.";

  private CopyWords() {}

  public static String why(CopyState copy) {
    if (copy.isUnassigned()) {
      return "has no node";
    }
    return copy.isWhole()
        ? copy.checkpoints().map(CopyWords::why).orElse("not readable")
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
  static String numbers(CopyState copy) {
    return copy.checkpoints()
        .map(seen -> "%d/%d/%d".formatted(seen.maxSeqNo(), seen.local(), seen.global()))
        .orElse("-");
  }
}
