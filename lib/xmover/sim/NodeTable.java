package xmover.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import xmover.sim.sql.Attributes;
import xmover.sim.sql.Relation;

/** {@code sys.nodes}: the nodes that belong to the cluster. */
final class NodeTable {
  private static final long MEMORY = 8L << 30;

  /** A node with the bytes of the shards on its disk. */
  private record Listed(SimNode node, long used) {
    String id() {
      return node.id();
    }

    String name() {
      return node.name();
    }
  }

  private NodeTable() {}

  static Relation relation(SystemCatalog.View view) {
    ClusterModel cluster = view.cluster();
    var nodes =
        new Attributes<Listed>()
            .text("id", Listed::id)
            .text("name", Listed::name)
            .texts("roles", node -> List.of("data", "master_eligible"));
    if (cluster.version().atLeast(6, 2)) {
      nodes.bool("is_master", row -> row.node == cluster.members().get(0));
    }
    nodes
        .text("hostname", Listed::name)
        .text("rest_url", node -> node.name() + ":4200")
        .object("port", NodeTable::ports)
        .object("mem", mem -> amounts(mem, MEMORY))
        .object("heap", heap -> amounts(heap, MEMORY / 4).bigint("max", node -> MEMORY / 4))
        .object("version", version -> version(version, cluster.version().toString()))
        .object("os_info", os -> os.integer("available_processors", node -> 4))
        .object("fs", fs -> fs.object("total", NodeTable::disk));
    return new Relation(nodes.list(), () -> rows(cluster));
  }

  private static List<Listed> rows(ClusterModel cluster) {
    Map<SimNode, Long> used = new HashMap<>();
    cluster
        .copies()
        .filter(SimCopy::isActive)
        .forEach(copy -> used.merge(copy.home(), copy.shard().size(), Long::sum));
    return cluster.members().stream()
        .map(node -> new Listed(node, used.getOrDefault(node, 0L)))
        .toList();
  }

  private static void ports(Attributes<Listed> ports) {
    ports
        .integer("http", node -> 4200)
        .integer("transport", node -> 4300)
        .integer("psql", node -> 5432);
  }

  private static Attributes<Listed> amounts(Attributes<Listed> amounts, long total) {
    return amounts.bigint("free", node -> total / 2).bigint("used", node -> total / 2);
  }

  private static void version(Attributes<Listed> version, String number) {
    version
        .text("number", node -> number)
        .text("build_hash", node -> "simulated")
        .bool("build_snapshot", node -> false);
  }

  private static void disk(Attributes<Listed> disk) {
    disk.bigint("size", row -> row.node.diskSize())
        .bigint("used", Listed::used)
        .bigint("available", row -> row.node.diskSize() - row.used);
  }
}
