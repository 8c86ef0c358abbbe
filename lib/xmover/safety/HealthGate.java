package xmover.safety;

import java.util.List;
import xmover.reset.GateVerdict;
import xmover.table.Finding;

/** Refuses while the cluster is RED, short of nodes, or was not seen well for long enough. */
public record HealthGate() implements SafetyGate {
  static final String NAME = "health";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    ClusterView cluster = view.cluster();
    return cluster
        .health()
        .trouble()
        .map(trouble -> GateVerdict.shut(NAME, trouble, "heal the cluster first"))
        .orElseGet(
            () ->
                cluster
                    .settings()
                    .then(s -> Seen.told(s.expectedDataNodes(), "gateway.expected_data_nodes"))
                    .judge(NAME, cluster.nodes(), (e, nodes) -> judge(e, nodes, cluster.health())));
  }

  private static GateVerdict judge(long expected, List<NodeView> nodes, HealthView health) {
    long data = NodeView.dataNodes(nodes);
    if (data < expected) {
      return GateVerdict.shut(
          NAME,
          "%d data nodes of %d (gateway.expected_data_nodes)".formatted(data, expected),
          "bring the missing nodes back");
    }
    String colour = health.newest().map(HealthReading::colour).orElse("?");
    return GateVerdict.open(
        NAME,
        "%s with %d nodes, in %d readings"
            .formatted(colour, nodes.size(), health.readings().size()));
  }
}
