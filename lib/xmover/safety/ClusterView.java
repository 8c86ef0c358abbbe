package xmover.safety;

import java.util.List;

/**
 * What the gates see of the cluster.
 *
 * @param snapshots those being taken, {@code repository.name}
 */
public record ClusterView(
    Seen<List<NodeView>> nodes,
    Seen<ClusterSettings> settings,
    Seen<List<String>> snapshots,
    Seen<ShardCounts> shards) {}
