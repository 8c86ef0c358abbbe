package xmover.detect;

import java.util.List;
import xmover.table.Checkpoints;
import xmover.table.Diagnosis;
import xmover.table.Diagnosis.Kind;
import xmover.table.KnownBug;
import xmover.table.ShardCopy;

/**
 * What one problematic copy shows, beside the other problematic copies of its table: a copy can be
 * flushed up to its first missing operation, and keeps what some copy of the shard may yet need.
 */
final class Symptoms {
  /** A gap between checkpoints counts from a tenth of the uncommitted operations on. */
  private static final int GAP = 10;

  private final ShardCopy copy;
  private final List<ShardCopy> others;
  private final List<KnownBug> causes;

  private Symptoms(ShardCopy copy, List<ShardCopy> others, List<KnownBug> causes) {
    this.copy = copy;
    this.others = others;
    this.causes = causes;
  }

  /**
   * The copies with their diagnoses.
   *
   * @param copies the problematic ones of one table or partition
   * @param causes what the running versions may have done to it
   */
  static List<ShardCopy> diagnosed(List<ShardCopy> copies, List<KnownBug> causes) {
    return copies.stream()
        .map(copy -> copy.with(new Symptoms(copy, copies, causes).diagnosis()))
        .toList();
  }

  private Diagnosis diagnosis() {
    if (!copy.state().equals("STARTED")) {
      return Diagnosis.unknown("its state is '%s', not STARTED".formatted(copy.state()));
    }
    return copy.checkpoints()
        .map(this::diagnosis)
        .orElse(Diagnosis.unknown("CrateDB does not report its sequence numbers"));
  }

  /** The same for copies of which two looks have shown that they miss an operation. */
  static List<ShardCopy> missing(List<ShardCopy> copies, List<KnownBug> causes) {
    return copies.stream()
        .map(
            copy ->
                copy.checkpoints()
                    .map(seen -> copy.with(new Symptoms(copy, copies, causes).hole(seen)))
                    .orElse(copy))
        .toList();
  }

  private Diagnosis hole(Checkpoints seen) {
    String text =
        "operation %d is missing in this copy: no flush%s frees what came after it, up to %d";
    return differing(Kind.HOLE, text.formatted(seen.local() + 1, flushes(), seen.maxSeqNo()));
  }

  private Diagnosis diagnosis(Checkpoints seen) {
    if (seen.global() < -1 || seen.global() > seen.local() || seen.local() > seen.maxSeqNo()) {
      String text = "its sequence numbers do not fit together: max %d, local %d, global %d";
      return Diagnosis.unknown(text.formatted(seen.maxSeqNo(), seen.local(), seen.global()));
    }
    if (explains(seen.maxSeqNo() - seen.local(), seen)) {
      return hole(seen);
    }
    if (explains(seen.local() - seen.global(), seen)) {
      String text = "this copy has every operation up to %d, but %s only up to %d";
      return differing(
          Kind.LAGGING_COPY, text.formatted(seen.local(), behind(seen), seen.global()));
    }
    if (seen.global() < seen.maxSeqNo()) {
      String text = "writes are under way, %d operations of %d in its translog: look again";
      long gap = seen.maxSeqNo() - seen.global();
      return Diagnosis.unknown(text.formatted(gap, copy.uncommittedOperations()));
    }
    String text = "every copy has every operation up to %d: the next write or idle flush frees it";
    return new Diagnosis(Kind.FLUSHES_BY_ITSELF, text.formatted(seen.maxSeqNo()), List.of());
  }

  /** Copies that are written to are always a few operations apart; that fills no translog. */
  private boolean explains(long gap, Checkpoints seen) {
    long everWritten = seen.maxSeqNo() + 1;
    return gap > 0 && gap >= Math.min(copy.uncommittedOperations(), everWritten) / GAP;
  }

  private Diagnosis differing(Kind kind, String text) {
    return new Diagnosis(kind, text, causes);
  }

  private String flushes() {
    return copy.flushes().map(" (%d so far)"::formatted).orElse("");
  }

  /** The copy that holds the others up, where it is itself among the problematic ones. */
  private String behind(Checkpoints seen) {
    return others.stream()
        .filter(other -> other.id() == copy.id())
        .filter(other -> other.checkpoints().filter(c -> c.local() <= seen.global()).isPresent())
        .findFirst()
        .map(other -> "the copy on " + other.node())
        .orElse("as far as it knows another copy of the shard");
  }
}
