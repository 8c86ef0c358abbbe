package xmover.remedy;

import java.util.List;
import xmover.detect.CopyState;
import xmover.detect.Holes;

/**
 * How many copies of a shard are STARTED and at rest, how many of them are seen to miss no
 * operation, and how many copies have no node.
 */
record ShardCopies(long started, long complete, long unassigned) {
  static ShardCopies of(long shard, List<CopyState> copies) {
    List<CopyState> there =
        Holes.ofShard(shard, copies).stream().filter(CopyState::isAtRest).toList();
    return new ShardCopies(
        there.size(),
        there.stream().filter(CopyState::isComplete).count(),
        Holes.ofShard(shard, copies).stream().filter(CopyState::isUnassigned).count());
  }

  /** The same with those that move counted, too: they are at rest once they have arrived. */
  static ShardCopies serving(long shard, List<CopyState> copies) {
    List<CopyState> there =
        Holes.ofShard(shard, copies).stream().filter(CopyState::isWhole).toList();
    return new ShardCopies(
        there.size(),
        there.stream().filter(CopyState::isComplete).count(),
        of(shard, copies).unassigned());
  }

  /** The same, with so many of those without a node that are to have one. */
  ShardCopies assigned(long more) {
    return new ShardCopies(started + more, complete, unassigned - more);
  }

  /** Whether as many are there; a copy that only moved does not stand for one without a node. */
  boolean areThere(ShardCopies wanted) {
    return started >= wanted.started && unassigned <= wanted.unassigned;
  }
}
