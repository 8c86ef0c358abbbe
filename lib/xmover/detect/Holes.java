package xmover.detect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import xmover.table.Checkpoints;

/**
 * The copies of one table as a second look saw them, and the replicas that miss an operation: those
 * that wait for the same one as in the first look. A copy that is written to is always a few
 * operations behind itself, and goes on. What a hole is, is said here alone.
 */
public record Holes(List<CopyState> copies, List<CopyState> sick) {
  /** Between the two looks that tell a hole from a write under way. */
  public static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  public static Holes of(List<CopyState> first, List<CopyState> second) {
    return new Holes(
        second, second.stream().filter(copy -> isSick(copy) && waited(copy, first)).toList());
  }

  /** A replica that is at rest and says itself that an operation is missing. */
  public static boolean isSick(CopyState copy) {
    return !copy.primary() && copy.isAtRest() && copy.hasGap();
  }

  private static boolean waited(CopyState copy, List<CopyState> before) {
    return before.stream()
        .filter(other -> isSick(other) && isSame(copy, other))
        .anyMatch(other -> local(other).equals(local(copy)));
  }

  /** The same copy, as long as it stays where it is. */
  public static boolean isSame(CopyState one, CopyState other) {
    return one.id() == other.id() && one.node().equals(other.node());
  }

  private static Optional<Long> local(CopyState copy) {
    return copy.checkpoints().map(Checkpoints::local);
  }

  /** The copies of a shard. */
  public static List<CopyState> ofShard(long shard, List<CopyState> copies) {
    return copies.stream().filter(copy -> copy.id() == shard).toList();
  }

  /** A copy of a shard on a node, if it is there. */
  public static Optional<CopyState> on(String node, long shard, List<CopyState> copies) {
    return copies.stream()
        .filter(copy -> copy.id() == shard && copy.node().equals(Optional.of(node)))
        .findFirst();
  }

  /** Whether a shard has a STARTED primary with every operation, to build another copy from. */
  public static boolean hasCompletePrimary(long shard, List<CopyState> copies) {
    return ofShard(shard, copies).stream()
        .anyMatch(copy -> copy.primary() && copy.isAtRest() && copy.isComplete());
  }
}
