package xmover.safety;

import xmover.reset.GateVerdict;
import xmover.table.Finding;

/** Refuses while CrateDB would not assign the replicas after the restore. */
public record AllocationGate() implements SafetyGate {
  static final String NAME = "allocation";
  private static final String ALL = "all";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.cluster()
        .settings()
        .then(s -> Seen.told(s.allocation(), "cluster.routing.allocation.enable"))
        .judge(NAME, view.table().allocation(), (cluster, table) -> judge(finding, cluster, table));
  }

  private static GateVerdict judge(Finding finding, String cluster, String table) {
    if (!cluster.equalsIgnoreCase(ALL)) {
      return GateVerdict.shut(
          NAME,
          "cluster.routing.allocation.enable is '" + cluster + "': replicas would stay UNASSIGNED",
          "RESET GLOBAL \"cluster.routing.allocation.enable\"");
    }
    return table.equalsIgnoreCase(ALL)
        ? GateVerdict.open(NAME, "allocation is enabled for all shards")
        : GateVerdict.shut(
            NAME,
            "its routing.allocation.enable is '" + table + "': replicas would stay UNASSIGNED",
            "ALTER TABLE %s RESET (\"routing.allocation.enable\")"
                .formatted(finding.table().sqlTarget()));
  }
}
