package xmover.gates.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the gates see of the cluster.
 *
 * @param snapshots those being taken, {@code repository.name}
 */
public record ClusterView(
    Reading<List<NodeView>> nodes,
    Reading<SafetySettings> settings,
    Reading<List<String>> snapshots,
    Reading<ShardCounts> shards) {
  /** How many shards each data node holds; empty when that can't be told. */
  public Optional<Map<String, Long>> shardsByNode() {
    return dataNodes()
        .value()
        .flatMap(
            data ->
                shards
                    .value()
                    .map(
                        counts ->
                            data.stream()
                                .map(NodeView::name)
                                .collect(
                                    Collectors.toMap(
                                        name -> name,
                                        name -> counts.byNode().getOrDefault(name, 0L)))));
  }

  /** Where CrateDB tells no roles, a node is known to take shards by the shards it has. */
  public Reading<List<NodeView>> dataNodes() {
    return nodes.then(
        all ->
            all.stream().allMatch(node -> node.roles().isPresent())
                ? Reading.of(all.stream().filter(NodeView::mayHoldData).toList())
                : shards.then(
                    counts ->
                        Reading.of(
                            all.stream()
                                .filter(node -> counts.byNode().containsKey(node.name()))
                                .toList())));
  }

  /** Also those without a shard that do not tell their roles, as before CrateDB 6. */
  public Reading<List<NodeView>> possibleDataNodes() {
    return nodes.then(all -> Reading.of(all.stream().filter(NodeView::mayHoldData).toList()));
  }
}
