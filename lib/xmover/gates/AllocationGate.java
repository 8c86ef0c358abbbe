package xmover.gates;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import xmover.detect.CopyState;
import xmover.detect.allocation.AllocationSettings;
import xmover.detect.allocation.Deciders;
import xmover.detect.allocation.Deciders.Objection;
import xmover.detect.allocation.ReplicaPlaces;
import xmover.gates.view.ClusterView;
import xmover.gates.view.NodeView;
import xmover.gates.view.Reading;
import xmover.gates.view.SafetySettings;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** Refuses while CrateDB would not assign the replicas after the restore. */
record AllocationGate() implements SafetyGate {
  static final String NAME = "allocation";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean guards(Remedy remedy) {
    return remedy.exposes() || remedy == Remedy.REBUILD;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.cluster()
        .settings()
        .then(AllocationGate::told)
        .judge(
            NAME,
            view.table().allocation().then(own -> told(own, "routing.allocation.enable")),
            (cluster, own) ->
                view.cluster()
                    .dataNodes()
                    .then(nodes -> Reading.of(deciders(finding, cluster, own, nodes)))
                    .judge(NAME, deciders -> judge(deciders, view)));
  }

  private static Reading<AllocationSettings> told(SafetySettings settings) {
    return told(settings.allocation(), "cluster.routing.allocation.enable");
  }

  private static Reading<AllocationSettings> told(AllocationSettings settings, String enable) {
    return Reading.told(settings.enable(), enable).then(enabled -> Reading.of(settings));
  }

  private static Deciders deciders(
      Finding finding, AllocationSettings cluster, AllocationSettings own, List<NodeView> nodes) {
    return new Deciders(finding.table(), cluster, own, nodes.stream().map(NodeView::node).toList());
  }

  private static GateVerdict judge(Deciders deciders, View view) {
    return deciders
        .againstAll()
        .map(all -> shut(all.reason() + ": replicas would stay UNASSIGNED", all.remedy()))
        .orElseGet(
            () ->
                view.table()
                    .copies()
                    .judge(
                        NAME,
                        shardsByNode(deciders, view.cluster()),
                        (copies, shards) -> judge(deciders, copies, shards)));
  }

  /** How full the nodes are matters where the cluster limits that. */
  private static Reading<Map<String, Long>> shardsByNode(Deciders deciders, ClusterView cluster) {
    return deciders.cluster().shardsPerNode().isEmpty()
        ? Reading.of(Map.of())
        : cluster
            .settings()
            .then(settings -> ShardLimitGate.countable(settings, cluster.shards()))
            .then(counts -> Reading.of(counts.byNode()));
  }

  private static GateVerdict judge(
      Deciders deciders, List<CopyState> copies, Map<String, Long> shardsByNode) {
    return new ReplicaPlaces(deciders, copies, shardsByNode)
        .homeless()
        .map(AllocationGate::shut)
        .orElseGet(
            () ->
                GateVerdict.open(
                    NAME,
                    "allocation is enabled for all shards, and each replica has a node to go to"));
  }

  private static GateVerdict shut(ReplicaPlaces.Homeless replica) {
    String objections =
        replica.objections().entrySet().stream()
            .map(node -> node.getKey() + ": " + node.getValue().reason())
            .collect(Collectors.joining("; "));
    String remedies =
        replica.objections().values().stream()
            .map(Objection::remedy)
            .distinct()
            .collect(Collectors.joining(", or "));
    return shut(
        "a replica of shard %d would stay UNASSIGNED (%s)"
            .formatted(
                replica.shard(), objections.isEmpty() ? "no node is left for it" : objections),
        remedies.isEmpty() ? "add a data node" : remedies);
  }

  private static GateVerdict shut(String reason, String remedy) {
    return GateVerdict.shut(NAME, reason, remedy);
  }
}
