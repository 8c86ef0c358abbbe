package xmover.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import xmover.detect.CopyState;
import xmover.gates.view.NodeView;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** Refuses while a copy of the table moves, starts, recovers or is missing. */
record TableGate() implements SafetyGate {
  static final String NAME = "table";
  private static final String WAIT = "wait until every copy is STARTED";
  private static final int SHOWN = 5;

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
    return view.table()
        .copies()
        .judge(
            NAME,
            view.cluster().nodes(),
            (copies, nodes) -> judge(finding, copies, NodeView.dataNodes(nodes)));
  }

  private static GateVerdict judge(Finding finding, List<CopyState> copies, long dataNodes) {
    Map<Long, List<CopyState>> shards =
        copies.stream()
            .collect(Collectors.groupingBy(CopyState::id, TreeMap::new, Collectors.toList()));
    if (shards.size() < finding.totals().primaries()) {
      return GateVerdict.unread(
          NAME,
          "%d of %d shards can be seen".formatted(shards.size(), finding.totals().primaries()),
          WAIT);
    }
    List<String> troubles = new ArrayList<>();
    long never = 0;
    for (Map.Entry<Long, List<CopyState>> shard : shards.entrySet()) {
      never += judge(shard.getKey(), shard.getValue(), dataNodes, troubles);
    }
    if (!troubles.isEmpty()) {
      return GateVerdict.shut(NAME, shown(troubles), WAIT);
    }
    return never > 0
        ? GateVerdict.told(
            NAME,
            "%d replicas can never be assigned: more copies than the %d data nodes"
                .formatted(never, dataNodes))
        : GateVerdict.open(NAME, "%d copies STARTED".formatted(copies.size()));
  }

  /** Answers how many of a shard's replicas have no node they could ever be on. */
  private static long judge(
      long shard, List<CopyState> copies, long dataNodes, List<String> troubles) {
    if (copies.stream().noneMatch(copy -> copy.primary() && !copy.isUnassigned())) {
      troubles.add("primary " + shard + " is UNASSIGNED");
      return 0;
    }
    long unassigned = copies.stream().filter(CopyState::isUnassigned).count();
    long tooMany = Math.max(0, copies.size() - dataNodes);
    copies.stream()
        .filter(copy -> !copy.isSettled() && !copy.isUnassigned())
        .forEach(copy -> troubles.add(told(copy)));
    if (unassigned > tooMany) {
      troubles.add("%d replicas of shard %d are UNASSIGNED".formatted(unassigned, shard));
    }
    return unassigned;
  }

  /** For people: {@code primary 2 on node1 is RELOCATING}. */
  private static String told(CopyState copy) {
    boolean started = copy.state().equals("STARTED");
    String stage =
        copy.recovery()
            .filter(built -> started && !built.isDone())
            .map(built -> ", its recovery at " + built.stage())
            .orElse("");
    return "%s %d%s is %s%s"
        .formatted(
            copy.primary() ? "primary" : "replica",
            copy.id(),
            copy.node().map(node -> " on " + node).orElse(""),
            copy.moving() && started ? "RELOCATING" : copy.state(),
            stage);
  }

  private static String shown(List<String> troubles) {
    String first = troubles.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return troubles.size() > SHOWN
        ? first + " and %d more".formatted(troubles.size() - SHOWN)
        : first;
  }
}
