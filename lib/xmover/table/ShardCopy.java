package xmover.table;

/**
 * One problematic copy of a shard.
 *
 * @param id the shard's number within its table or partition
 * @param uncommitted the uncommitted translog, the part no flush has removed
 * @param maxSeqNo the highest sequence number this copy has seen
 * @param localCheckpoint up to here this copy has every operation; lower than {@code maxSeqNo}
 *     means a hole
 * @param globalCheckpoint up to here every copy has every operation
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
    long maxSeqNo,
    long localCheckpoint,
    long globalCheckpoint) {}
