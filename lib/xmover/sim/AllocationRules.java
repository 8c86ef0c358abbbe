package xmover.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes may take a copy, and why others may not, in CrateDB's words. */
final class AllocationRules {
  private static final String ALL = "all";
  private static final String PRIMARIES = "primaries";

  private final ClusterModel cluster;

  AllocationRules(ClusterModel cluster) {
    this.cluster = cluster;
  }

  boolean allow(SimCopy copy, SimNode node) {
    return node.isUp() && refusals(copy, node).isEmpty();
  }

  /** Everything that speaks against this copy on this node. */
  List<String> refusals(SimCopy copy, SimNode node) {
    List<String> refusals = new ArrayList<>();
    add(refusals, byRetries(copy));
    add(refusals, bySetting(copy));
    add(refusals, bySameShard(copy.shard(), node));
    add(refusals, byDisk(copy.shard(), node));
    return refusals;
  }

  private static void add(List<String> refusals, @Nullable String refusal) {
    if (refusal != null) {
      refusals.add(refusal);
    }
  }

  private static @Nullable String byRetries(SimCopy copy) {
    return copy.isHeldBack()
        ? "shard has exceeded the maximum number of retries [5] on failed allocation attempts -"
            + " manually execute 'ALTER CLUSTER REROUTE RETRY FAILED' to retry,"
            + " [unassigned_info[[reason=ALLOCATION_FAILED], failed_attempts[5],"
            + " allocation_status[no_attempt]]]"
        : null;
  }

  /** A table that sets it, to whatever value, does not heed the cluster's. */
  private @Nullable String bySetting(SimCopy copy) {
    TableSettings table = copy.shard().partition().settings();
    boolean own = table.isSet(TableSettings.ALLOCATION);
    String enable =
        own
            ? table.text(TableSettings.ALLOCATION)
            : cluster.settings().text(ClusterSettings.ALLOCATION);
    String setting =
        own
            ? "index setting [index." + TableSettings.ALLOCATION + "=" + enable + "]"
            : "cluster setting [" + ClusterSettings.ALLOCATION + "=" + enable + "]";
    return switch (enable) {
      case ALL -> null;
      case PRIMARIES ->
          copy.isPrimary() ? null : "replica allocations are forbidden due to " + setting;
      case "new_primaries" -> "non-new primary allocations are forbidden due to " + setting;
      default -> "no allocations are allowed due to " + setting;
    };
  }

  private static @Nullable String bySameShard(SimShard shard, SimNode node) {
    return shard.copies().stream()
        .filter(copy -> copy.node() == node || copy.relocatingTo() == node)
        .findFirst()
        .map(
            copy ->
                "a copy of this shard is already allocated to this node [[%s][%d], node[%s], [%s],"
                        .formatted(
                            shard.partition().table().name(),
                            shard.id(),
                            node.id(),
                            copy.isPrimary() ? "P" : "R")
                    + " s[%s]]".formatted(copy.state()))
        .orElse(null);
  }

  private @Nullable String byDisk(SimShard shard, SimNode node) {
    return cluster.settings().is(ClusterSettings.DISK_THRESHOLDS, "true")
        ? Watermarks.of(cluster.settings()).refusal(node.diskSize(), node.diskFree(), shard.size())
        : null;
  }

  /** Whether this copy may be moved only for a better balance. */
  boolean mayRebalance(SimCopy copy) {
    return switch (cluster.settings().text(ClusterSettings.REBALANCE)) {
      case ALL -> true;
      case PRIMARIES -> copy.isPrimary();
      case "replicas" -> !copy.isPrimary();
      default -> false;
    };
  }
}
