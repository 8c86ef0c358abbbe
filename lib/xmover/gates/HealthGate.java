package xmover.gates;

import java.util.List;
import xmover.detect.CrateVersion;
import xmover.gates.view.HealthReading;
import xmover.gates.view.HealthView;
import xmover.gates.view.NodeView;
import xmover.gates.view.Reading;
import xmover.gates.view.SafetySettings;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** Refuses while the cluster is RED, short of nodes, or was not seen well for long enough. */
record HealthGate() implements SafetyGate {
  static final String NAME = "health";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean guards(Remedy remedy) {
    return remedy != Remedy.NONE;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.health()
        .trouble()
        .map(trouble -> troubled(view.health(), trouble))
        .orElseGet(
            () ->
                view.cluster()
                    .settings()
                    .judge(NAME, view.cluster().nodes(), (s, nodes) -> judge(view, s, nodes)));
  }

  private static GateVerdict troubled(HealthView health, String trouble) {
    return health.isTroubleSeen()
        ? GateVerdict.shut(NAME, trouble, "heal the cluster first")
        : GateVerdict.unread(NAME, trouble, Reading.LOOK);
  }

  private static GateVerdict judge(View view, SafetySettings settings, List<NodeView> nodes) {
    return Reading.told(settings.expectedDataNodes(), "gateway.expected_data_nodes")
        .judge(
            NAME,
            expected -> {
              long data = NodeView.dataNodes(nodes);
              return data < expected
                  ? GateVerdict.shut(
                      NAME,
                      "%d data nodes of %d (gateway.expected_data_nodes)".formatted(data, expected),
                      "bring the missing nodes back")
                  : well(view.health(), settings, nodes);
            });
  }

  /** Before 6.0 CrateDB tells the health of those tables alone that the user sees. */
  private static GateVerdict well(
      HealthView health, SafetySettings settings, List<NodeView> nodes) {
    List<String> versions = nodes.stream().map(NodeView::version).toList();
    String seen =
        "%s with %d nodes, in %d readings"
            .formatted(
                health.newest().map(HealthReading::colour).orElse("?"),
                nodes.size(),
                health.readings().size());
    return settings.seesEveryTable() || CrateVersion.oldest(versions).tellsClusterHealth()
        ? GateVerdict.open(NAME, seen)
        : GateVerdict.told(NAME, seen + ", of the tables the user sees; others may be RED");
  }
}
