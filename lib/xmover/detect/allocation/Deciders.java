package xmover.detect.allocation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xmover.detect.CrateVersion;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * Which nodes CrateDB would let take a replica of a table, as its allocation deciders have it
 * (enable, throttling, node_version, filter, shards_limit, awareness; 5.10 and 6.4 decide alike).
 * Disks are not looked at here. It asks nobody: nodes, settings and copies are handed in.
 *
 * @param cluster the settings of the cluster
 * @param own those of the table or partition
 * @param nodes every node that may hold data
 */
public record Deciders(
    TableRef table, AllocationSettings cluster, AllocationSettings own, List<ClusterNode> nodes) {
  private static final String ENABLE = "routing.allocation.enable";
  private static final String SHARDS = "routing.allocation.total_shards_per_node";
  private static final String RECOVERIES = "cluster.routing.allocation.node_concurrent_recoveries";
  private static final String AWARENESS = "cluster.routing.allocation.awareness.attributes";
  private static final String ALL = "all";

  /**
   * Why a copy can't go somewhere.
   *
   * @param reason names the setting or the version
   * @param remedy what lifts it, as it is typed where that is a statement
   */
  public record Objection(String reason, String remedy) {}

  /**
   * What is on the nodes at one moment.
   *
   * @param copies of the shard in question, configured ones that have no node included
   * @param holding the nodes that hold one of them
   * @param primary the node of its primary; empty while it has none
   * @param ofTable shards of the table or partition by node
   * @param ofAll shards of all tables by node
   */
  public record Occupancy(
      long copies,
      Set<String> holding,
      Optional<String> primary,
      Map<String, Long> ofTable,
      Map<String, Long> ofAll) {}

  public Deciders {
    nodes = List.copyOf(nodes);
  }

  /** What keeps every replica of the table from every node; empty when nothing does. */
  public Optional<Objection> againstAll() {
    if (!own.enable().orElse(ALL).equalsIgnoreCase(ALL)) {
      return Optional.of(ofTable(ENABLE, "'" + own.enable().get() + "'"));
    }
    if (!cluster.enable().orElse(ALL).equalsIgnoreCase(ALL)) {
      return Optional.of(ofCluster("cluster." + ENABLE, "'" + cluster.enable().get() + "'"));
    }
    return cluster
        .concurrentRecoveries()
        .filter(recoveries -> recoveries <= 0)
        .map(recoveries -> ofCluster(RECOVERIES, recoveries));
  }

  /** What keeps a replica of a shard from one of the nodes; empty when nothing does. */
  public Optional<Objection> against(ClusterNode node, Occupancy now) {
    return version(node, now)
        .or(() -> filter(node))
        .or(() -> limit(node, now))
        .or(() -> awareness(node, now));
  }

  /** False when a filter drives the copies that are there from this node. */
  public boolean mayStay(ClusterNode node) {
    return filter(node).isEmpty();
  }

  /** A replica is built on no node that is older than its primary's, by major and minor version. */
  private Optional<Objection> version(ClusterNode node, Occupancy now) {
    CrateVersion version = CrateVersion.of(node.version());
    if (version.equals(CrateVersion.UNKNOWN)) {
      return Optional.of(
          new Objection(node.name() + " does not tell its version", "see that it answers"));
    }
    return now.primary()
        .flatMap(this::node)
        .filter(primary -> version.isOlderMinorThan(CrateVersion.of(primary.version())))
        .map(
            primary ->
                new Objection(
                    "it runs %s, older than %s with the primary, which runs %s"
                        .formatted(node.version(), primary.name(), primary.version()),
                    "upgrade %s to %s".formatted(node.name(), primary.version())));
  }

  /** Where a table has filters of its own, the first of them decides alone. */
  private Optional<Objection> filter(ClusterNode node) {
    return own.filters().isEmpty()
        ? cluster.filters().stream()
            .filter(filter -> !filter.allows(node))
            .findFirst()
            .map(filter -> new Objection(filter.toString(), resetCluster(filter.settings())))
        : Optional.of(own.filters().get(0))
            .filter(filter -> !filter.allows(node))
            .map(filter -> new Objection("its " + filter, resetTable(filter.settings())));
  }

  private Optional<Objection> limit(ClusterNode node, Occupancy now) {
    return cluster
        .shardsPerNode()
        .filter(limit -> now.ofAll().getOrDefault(node.name(), 0L) >= limit)
        .map(limit -> ofCluster("cluster." + SHARDS, limit))
        .or(
            () ->
                own.shardsPerNode()
                    .filter(limit -> now.ofTable().getOrDefault(node.name(), 0L) >= limit)
                    .map(limit -> ofTable(SHARDS, limit)));
  }

  /** Copies are spread evenly over the values of an attribute, rounded up. */
  private Optional<Objection> awareness(ClusterNode node, Occupancy now) {
    for (String attribute : cluster.awareness()) {
      String value = node.attributes().get(attribute);
      if (value == null || isFull(attribute, value, now)) {
        String why =
            value == null
                ? "and " + node.name() + " has no node.attr." + attribute
                : "and enough copies are where node.attr.%s is '%s'".formatted(attribute, value);
        return Optional.of(
            new Objection(
                "%s = '%s', %s".formatted(AWARENESS, String.join(",", cluster.awareness()), why),
                resetCluster(List.of(AWARENESS))));
      }
    }
    return Optional.empty();
  }

  private boolean isFull(String attribute, String value, Occupancy now) {
    List<String> taken = now.holding().stream().map(name -> value(attribute, name)).toList();
    long there = 1 + taken.stream().filter(value::equals).count();
    long values = nodes.stream().map(n -> text(n.attributes().get(attribute))).distinct().count();
    long missing =
        cluster.forced().getOrDefault(attribute, List.of()).stream()
            .filter(forced -> !forced.equals(value) && !taken.contains(forced))
            .count();
    long even = (now.copies() + values + missing - 1) / (values + missing);
    return there > even;
  }

  private String value(String attribute, String node) {
    return node(node).map(n -> text(n.attributes().get(attribute))).orElse("");
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private Optional<ClusterNode> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  private Objection ofCluster(String setting, Object value) {
    return new Objection(setting + " is " + value, resetCluster(List.of(setting)));
  }

  private Objection ofTable(String setting, Object value) {
    return new Objection("its " + setting + " is " + value, resetTable(List.of(setting)));
  }

  private static String resetCluster(List<String> settings) {
    return "RESET GLOBAL " + String.join(", ", quoted(settings));
  }

  private String resetTable(List<String> settings) {
    return "ALTER TABLE %s RESET (%s)"
        .formatted(table.sqlTarget(), String.join(", ", quoted(settings)));
  }

  private static List<String> quoted(List<String> settings) {
    return settings.stream().map(SqlText::identifier).toList();
  }
}
