package cratesim.tables;

import cratesim.model.ClusterModel;
import cratesim.model.SimNode;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;

/** {@code sys.nodes}: the nodes that belong to the cluster. */
final class NodeTable {
  private static final long MEMORY = 8L << 30;

  private NodeTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    ClusterModel cluster = view.cluster();
    var nodes =
        new Attributes<SimNode>()
            .text("id", SimNode::id)
            .text("name", SimNode::name)
            .texts("roles", node -> List.of("data", "master_eligible"));
    if (cluster.version().atLeast(6, 2)) {
      nodes.bool("is_master", node -> node == cluster.members().get(0));
    }
    nodes
        .text("hostname", SimNode::name)
        .text("rest_url", node -> node.address() + ":4200")
        .object("port", NodeTable::ports)
        .object("mem", mem -> amounts(mem, MEMORY))
        .object("heap", heap -> amounts(heap, MEMORY / 4).bigint("max", node -> MEMORY / 4))
        .object("version", NodeTable::version)
        .open("attributes", SimNode::attributes)
        .object("os_info", os -> os.integer("available_processors", node -> 4))
        .object("fs", fs -> fs.object("total", NodeTable::disk));
    return new SqlRelation(nodes.list(), cluster::members);
  }

  private static void ports(Attributes<SimNode> ports) {
    ports
        .integer("http", node -> 4200)
        .integer("transport", node -> 4300)
        .integer("psql", node -> 5432);
  }

  private static Attributes<SimNode> amounts(Attributes<SimNode> amounts, long total) {
    return amounts.bigint("free", node -> total / 2).bigint("used", node -> total / 2);
  }

  private static void version(Attributes<SimNode> version) {
    version
        .text("number", node -> node.version().toString())
        .text("build_hash", node -> "simulated")
        .bool("build_snapshot", node -> false);
  }

  private static void disk(Attributes<SimNode> disk) {
    disk.bigint("size", node -> node.shown(node.diskSize()))
        .bigint("used", node -> node.shown(node.diskUsed()))
        .bigint("available", node -> node.shown(node.diskFree()));
  }
}
