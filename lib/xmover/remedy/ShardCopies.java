package xmover.remedy;

import java.util.List;
import xmover.detect.CopyState;
import xmover.detect.Holes;

/**
 * How many copies of a shard are STARTED and at rest, and how many of them are seen to miss no
 * operation.
 */
record ShardCopies(long started, long complete) {
  static ShardCopies of(long shard, List<CopyState> copies) {
    List<CopyState> there =
        Holes.ofShard(shard, copies).stream().filter(CopyState::isAtRest).toList();
    return new ShardCopies(there.size(), there.stream().filter(CopyState::isComplete).count());
  }

  /** The same, with so many more that are to be there. */
  ShardCopies and(long more) {
    return new ShardCopies(started + more, complete);
  }
}
