package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.NodeFilters;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimSettings;
import cratesim.model.SimShard;
import cratesim.model.SimWatermarks;
import cratesim.model.TableSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes may take a copy, and why others may not, in CrateDB's words. */
public final class AllocationRules {
  private static final String ALL = "all";
  private static final String PRIMARIES = "primaries";

  private final ClusterModel cluster;
  private final ShardLimits limits;
  private final Awareness awareness;

  public AllocationRules(ClusterModel cluster) {
    this.cluster = cluster;
    this.limits = new ShardLimits(cluster);
    this.awareness = new Awareness(cluster);
  }

  boolean allow(SimCopy copy, SimNode node) {
    return node.isUp() && refusals(copy, node).isEmpty();
  }

  /** Everything that speaks against this copy on this node. */
  public List<String> refusals(SimCopy copy, SimNode node) {
    List<String> refusals = new ArrayList<>();
    add(refusals, byRetries(copy));
    add(refusals, bySetting(copy));
    add(refusals, byVersion(copy, node));
    add(refusals, byFilters(copy.shard().partition(), node));
    add(refusals, bySameShard(copy.shard(), node));
    add(refusals, byDisk(copy.shard(), node));
    add(refusals, limits.refusal(copy.shard().partition(), node));
    add(refusals, awareness.refusal(copy, node));
    return refusals;
  }

  /**
   * What every decider says to a move that somebody asks for by hand, in CrateDB's words: a setting
   * that forbids all allocation does not hold it back.
   */
  public String answers(SimCopy copy, SimNode node) {
    return answer(byRetries(copy), "shard has no previous failures")
        + answer(
            null,
            copy.isPrimary()
                ? "shard is primary and can be allocated"
                : "primary shard for this replica is already active")
        + answer(
            null,
            "explicitly ignoring any disabling of allocation due to manual allocation commands via"
                + " the reroute API")
        + answer(byVersion(copy, node), "node version [%s]".formatted(node.version()))
        + answer(
            byFilters(copy.shard().partition(), node),
            "node passes include/exclude/require filters")
        + answer(bySameShard(copy.shard(), node), "this node does not hold a copy of this shard")
        + answer(byDisk(copy.shard(), node), "enough disk for shard on node")
        + answer(limits.refusal(copy.shard().partition(), node), "below the shard limits")
        + answer(awareness.refusal(copy, node), "node meets all awareness attribute requirements");
  }

  /** True when {@link #answers} holds no refusal. */
  public boolean allowByHand(SimCopy copy, SimNode node) {
    return node.isUp() && !answers(copy, node).contains("[NO(");
  }

  private static String answer(@Nullable String refusal, String agreement) {
    return refusal == null ? "[YES(" + agreement + ")]" : "[NO(" + refusal + ")]";
  }

  /** A primary moves to no older version, nor is a replica built on one; patches don't count. */
  private static @Nullable String byVersion(SimCopy copy, SimNode node) {
    SimCopy primary = copy.shard().primary();
    SimNode source = copy.isPrimary() ? copy.node() : primary.isActive() ? primary.node() : null;
    if (source == null || node.version().isAsNewAs(source.version())) {
      return null;
    }
    return copy.isPrimary()
        ? "cannot relocate primary shard from a node with version [%s] to a node with older"
                .formatted(source.version())
            + " version [%s]".formatted(node.version())
        : "cannot allocate replica shard to a node with version [%s] since this is older than the"
                .formatted(node.version())
            + " primary version [%s]".formatted(source.version());
  }

  /** The table's own filters come first, and where it has one the cluster's don't count. */
  @Nullable String byFilters(SimPartition partition, SimNode node) {
    for (NodeFilters.Group group : NodeFilters.Group.values()) {
      NodeFilters filters = partition.settings().filters(group);
      if (!filters.isEmpty()) {
        return filters.allow(node) ? null : refusal("index setting [index.", filters);
      }
    }
    for (NodeFilters.Group group : NodeFilters.Group.values()) {
      NodeFilters filters = cluster.settings().filters(group);
      if (!filters.isEmpty() && !filters.allow(node)) {
        return refusal("cluster setting [cluster.", filters);
      }
    }
    return null;
  }

  private static String refusal(String setting, NodeFilters filters) {
    String group = filters.group().word();
    String verb = filters.group() == NodeFilters.Group.EXCLUDE ? "matches " : "does not match ";
    return "node " + verb + setting + "routing.allocation." + group + "] filters [" + filters + "]";
  }

  private static void add(List<String> refusals, @Nullable String refusal) {
    if (refusal != null) {
      refusals.add(refusal);
    }
  }

  private static @Nullable String byRetries(SimCopy copy) {
    return copy.isHeldBack() || copy.hasFailed()
        ? "shard has exceeded the maximum number of retries [5] on failed allocation attempts -"
            + " manually execute 'ALTER CLUSTER REROUTE RETRY FAILED' to retry,"
            + " [unassigned_info[[reason=ALLOCATION_FAILED], failed_attempts[5], delayed=false,"
            + " details[failed shard on node [%s]: failed recovery, failure "
                .formatted(copy.home() == null ? "?" : copy.home().id())
            + "org.elasticsearch.indices.recovery.RecoveryFailedException: [%s][%d]: Recovery failed"
                .formatted(copy.shard().partition().table().name(), copy.shard().id())
            + "\n\tat java.lang.Thread.run(Thread.java:1474)\nCaused by: "
            + "java.lang.IllegalArgumentException: an operation can't be replayed"
            + "\n\t... 8 more\n], allocation_status[no_attempt]]]"
        : null;
  }

  /** A table that sets it, to whatever value, does not heed the cluster's. */
  private @Nullable String bySetting(SimCopy copy) {
    TableSettings table = copy.shard().partition().settings();
    boolean own = table.isSet(TableSettings.ALLOCATION);
    String enable =
        own
            ? table.text(TableSettings.ALLOCATION)
            : cluster.settings().text(SimSettings.ALLOCATION);
    String setting =
        own
            ? "index setting [index." + TableSettings.ALLOCATION + "=" + enable + "]"
            : "cluster setting [" + SimSettings.ALLOCATION + "=" + enable + "]";
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
    return cluster.settings().is(SimSettings.DISK_THRESHOLDS, "true")
        ? SimWatermarks.of(cluster.settings())
            .refusal(node.diskSize(), node.diskFree(), shard.size())
        : null;
  }

  /** Whether this copy may be moved only for a better balance. */
  boolean mayRebalance(SimCopy copy) {
    return switch (cluster.settings().text(SimSettings.REBALANCE)) {
      case ALL -> true;
      case PRIMARIES -> copy.isPrimary();
      case "replicas" -> !copy.isPrimary();
      default -> false;
    };
  }
}
