package cratesim.tables;

import cratesim.allocation.AllocationRules;
import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimTable;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sys.allocations}: where each copy is, and why one has no place. */
final class AllocationTable {
  /** Why a node does not take a copy. */
  private record Decision(SimNode node, List<String> explanations) {}

  private AllocationTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    var attributes =
        new Attributes<SimCopy>()
            .text("table_schema", copy -> table(copy).schema())
            .text("table_name", copy -> table(copy).name())
            .text("partition_ident", copy -> copy.shard().partition().identOrNull())
            .integer("shard_id", copy -> copy.shard().id())
            .text("node_id", AllocationTable::node)
            .bool("primary", SimCopy::isPrimary)
            .text("current_state", copy -> copy.state().name())
            .text("explanation", AllocationTable::explanation)
            .<Decision>objects(
                "decisions", copy -> decisions(view.cluster(), copy), AllocationTable::decision);
    return new SqlRelation(
        attributes.list(), () -> view.tables().flatMap(SimTable::copies).toList());
  }

  private static SimTable table(SimCopy copy) {
    return copy.shard().partition().table();
  }

  private static @Nullable String node(SimCopy copy) {
    SimNode node = copy.node();
    return node == null ? null : node.id();
  }

  private static @Nullable String explanation(SimCopy copy) {
    return copy.state() == SimCopy.State.UNASSIGNED
        ? "cannot allocate because allocation is not permitted to any of the nodes"
        : null;
  }

  private static List<Decision> decisions(ClusterModel cluster, SimCopy copy) {
    var rules = new AllocationRules(cluster);
    return copy.state() == SimCopy.State.UNASSIGNED
        ? cluster.members().stream()
            .map(node -> new Decision(node, rules.refusals(copy, node)))
            .toList()
        : List.of();
  }

  private static void decision(Attributes<Decision> decision) {
    decision
        .text("node_id", one -> one.node().id())
        .text("node_name", one -> one.node().name())
        .texts("explanations", Decision::explanations);
  }
}
