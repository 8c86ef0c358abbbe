package xmover.gates;

import java.util.List;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.table.Finding;

/** Refuses while a snapshot is being taken: a table at one copy must not move meanwhile. */
record SnapshotGate() implements SafetyGate {
  static final String NAME = "snapshot";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.cluster().snapshots().judge(NAME, SnapshotGate::judge);
  }

  private static GateVerdict judge(List<String> running) {
    return running.isEmpty()
        ? GateVerdict.open(NAME, "no snapshot is being taken")
        : GateVerdict.shut(
            NAME,
            "a snapshot is being taken: " + String.join(", ", running),
            "wait until it is done");
  }
}
