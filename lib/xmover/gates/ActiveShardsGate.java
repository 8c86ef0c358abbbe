package xmover.gates;

import xmover.detect.Refusal;
import xmover.gates.view.Reading;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.table.Finding;
import xmover.table.Relation;

/** Refuses where writes wait for more copies than 0 replicas leave. */
record ActiveShardsGate() implements SafetyGate {
  static final String NAME = "active-shards";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.table()
        .relation()
        .judge(
            NAME,
            r ->
                Refusal.activeShards(r)
                    .map(reason -> refused(r, reason))
                    .orElseGet(
                        () ->
                            GateVerdict.open(
                                NAME, "writes wait for " + r.waitForActiveShards() + " copies")));
  }

  private static GateVerdict refused(Relation relation, String reason) {
    return relation.waitForActiveShards().isEmpty()
        ? GateVerdict.unread(NAME, reason, Reading.LOOK)
        : GateVerdict.shut(
            NAME,
            reason,
            "ALTER TABLE "
                + relation.table().sqlTarget()
                + " SET (\"write.wait_for_active_shards\" = 1)");
  }
}
