package xmover.table;

import java.util.Optional;

/**
 * The shard copies of one table or partition, counted.
 *
 * @param problematicReplicas replicas whose uncommitted translog exceeds the size asked for
 * @param largestReplicaTranslog the largest uncommitted translog of a replica; empty when no
 *     replica reports one
 * @param largestPrimaryTranslog the same of a primary
 * @param primaryBytes the size of all primaries: what is exposed, and copied back, by a reset
 * @param unreported copies without statistics: unassigned, or still starting
 */
public record ShardTotals(
    long primaries,
    long replicas,
    long problematicReplicas,
    Optional<Bytes> largestReplicaTranslog,
    Optional<Bytes> largestPrimaryTranslog,
    Bytes primaryBytes,
    long unreported) {}
