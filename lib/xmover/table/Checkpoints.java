package xmover.table;

/**
 * How far a copy of a shard has got, in sequence numbers: what {@code seq_no_stats} of {@code
 * sys.shards} says.
 *
 * @param maxSeqNo the highest this copy has seen; -1 when it was never written
 * @param local up to here this copy has every operation; lower than {@code maxSeqNo} means a hole
 * @param global up to here every copy has every operation, as far as this one knows; -2 when it
 *     does not know
 */
public record Checkpoints(long maxSeqNo, long local, long global) {
  /** Whether an operation is missing, or not there yet. */
  public boolean hasGap() {
    return local < maxSeqNo;
  }
}
