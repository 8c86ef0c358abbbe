package xmover.run;

import java.util.function.Predicate;
import xmover.gates.SafetyGate;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** A question that a script adds to those that are asked before each table. */
record OwnGate(String name, Predicate<Finding> mayStart, String whyNot) implements SafetyGate {
  @Override
  public boolean guards(Remedy remedy) {
    return true;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return mayStart.test(finding)
        ? GateVerdict.open(name, "it lets the table pass")
        : GateVerdict.shut(name, whyNot, "");
  }
}
