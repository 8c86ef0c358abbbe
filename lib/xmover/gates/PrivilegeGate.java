package xmover.gates;

import xmover.detect.Refusal;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** Refuses where, as far as the catalogue tells, the user may not alter the table. */
record PrivilegeGate() implements SafetyGate {
  static final String NAME = "privilege";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean guards(Remedy remedy) {
    return remedy != Remedy.FLUSH;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.table()
        .relation()
        .judge(
            NAME,
            view.cluster().settings(),
            (relation, settings) ->
                Refusal.privilege(relation, settings.user())
                    .map(reason -> GateVerdict.shut(NAME, reason, "have it granted"))
                    .orElseGet(
                        () -> GateVerdict.open(NAME, settings.user() + " may alter the table")));
  }
}
