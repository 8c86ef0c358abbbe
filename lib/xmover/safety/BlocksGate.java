package xmover.safety;

import xmover.detect.Refusal;
import xmover.reset.GateVerdict;
import xmover.table.Finding;

/** Refuses where a block forbids to change the settings of the table. */
public record BlocksGate() implements SafetyGate {
  static final String NAME = "blocks";

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
                Refusal.blocks(r)
                    .map(reason -> GateVerdict.shut(NAME, reason, ""))
                    .orElseGet(() -> GateVerdict.open(NAME, "no block is set")));
  }
}
