package xmover.gates;

import java.util.List;
import xmover.detect.CrateVersion;
import xmover.detect.Refusal;
import xmover.gates.view.NodeView;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.table.Finding;
import xmover.table.Relation;

/** Refuses what an ALTER would destroy; nobody can override it. */
record VersionGate() implements SafetyGate {
  static final String NAME = "version";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.table().relation().judge(NAME, view.cluster().nodes(), VersionGate::judge);
  }

  private static GateVerdict judge(Relation relation, List<NodeView> nodes) {
    List<String> versions = nodes.stream().map(NodeView::version).distinct().toList();
    String created = relation.createdVersion().orElse("of unknown version");
    return Refusal.oldData(relation, versions)
        .map(reason -> refused(relation, versions, reason))
        .orElseGet(
            () ->
                GateVerdict.open(
                    NAME,
                    "created by CrateDB %s, runs on %s"
                        .formatted(created, String.join(" and ", versions))));
  }

  private static GateVerdict refused(Relation relation, List<String> versions, String reason) {
    boolean known =
        relation.createdVersion().isPresent()
            && !CrateVersion.oldest(versions).equals(CrateVersion.UNKNOWN);
    return known
        ? GateVerdict.shut(NAME, reason, "no option overrides this")
        : GateVerdict.unread(NAME, reason, "no option overrides this");
  }
}
