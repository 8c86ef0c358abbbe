package xmover.table;

import java.util.Optional;

/**
 * One problematic copy of a shard.
 *
 * @param id the shard's number within its table or partition
 * @param uncommitted the uncommitted translog, the part no flush has removed
 * @param checkpoints empty when CrateDB does not report them
 * @param flushes how often it was flushed since it is on its node; empty when CrateDB does not say
 */
public record ShardCopy(
    TableRef table,
    long id,
    boolean primary,
    String state,
    String node,
    Bytes size,
    Bytes translog,
    Bytes uncommitted,
    long uncommittedOperations,
    Optional<Checkpoints> checkpoints,
    Optional<Long> flushes,
    Diagnosis diagnosis) {
  /** The same copy with its diagnosis. */
  public ShardCopy with(Diagnosis found) {
    return new ShardCopy(
        table,
        id,
        primary,
        state,
        node,
        size,
        translog,
        uncommitted,
        uncommittedOperations,
        checkpoints,
        flushes,
        found);
  }
}
