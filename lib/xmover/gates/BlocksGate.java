package xmover.gates;

import xmover.detect.Refusal;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.table.Finding;
import xmover.table.Relation;

/** Refuses where a block forbids to change the settings of the table. */
record BlocksGate() implements SafetyGate {
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
                    .map(reason -> GateVerdict.shut(NAME, reason, remedy(r)))
                    .orElseGet(() -> GateVerdict.open(NAME, "no block is set")));
  }

  /** One at a time: a table under a block takes no other setting with it. */
  private static String remedy(Relation relation) {
    String block =
        relation.readOnly()
            ? "(\"blocks.read_only\" = false), or blocks.read_only_allow_delete where that is set"
            : "(\"blocks.metadata\" = false)";
    return "unless it is meant to be so: ALTER TABLE %s SET %s"
        .formatted(relation.table().sqlTarget(), block);
  }
}
