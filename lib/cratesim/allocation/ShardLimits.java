package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimSettings;
import cratesim.model.TableSettings;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many copies a node may have, of all tables together and of a single table or partition. */
record ShardLimits(ClusterModel cluster) {
  /** Why a node takes no further copy of a partition, in CrateDB's words; null when it does. */
  @Nullable String refusal(SimPartition partition, SimNode node) {
    int ofAll = number(cluster.settings().value(SimSettings.SHARDS_PER_NODE));
    if (ofAll > 0) {
      long there = count(cluster.partitions(), node);
      if (there >= ofAll) {
        return "too many shards [%d] allocated to this node, cluster setting [%s=%d]"
            .formatted(there, SimSettings.SHARDS_PER_NODE, ofAll);
      }
    }
    int ofPartition = number(partition.settings().value(TableSettings.SHARDS_PER_NODE));
    if (ofPartition > 0) {
      long there = count(Stream.of(partition), node);
      if (there >= ofPartition) {
        return "too many shards [%d] allocated to this node for index [[%s/%s]],"
                .formatted(there, partition.table().name(), partition.uuid())
            + " index setting [index.%s=%d]".formatted(TableSettings.SHARDS_PER_NODE, ofPartition);
      }
    }
    return null;
  }

  private static int number(@Nullable Object value) {
    return value instanceof Integer number ? number : -1;
  }

  /** A copy that moves counts where it goes. */
  private static long count(Stream<SimPartition> partitions, SimNode node) {
    return partitions
        .flatMap(partition -> partition.shards().stream())
        .flatMap(shard -> shard.copies().stream())
        .filter(copy -> copy.destination() == node)
        .count();
  }
}
