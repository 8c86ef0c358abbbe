package xmover.gates.view;

import java.util.Map;

/**
 * The shard copies of all open tables the user sees.
 *
 * @param total unassigned copies included, as CrateDB counts against its limit
 * @param byNode how many of them each node holds
 */
public record ShardCounts(long total, Map<String, Long> byNode) {
  public ShardCounts {
    byNode = Map.copyOf(byNode);
  }
}
