package xmover.gates;

import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** One question about a table that is about to be healed; it asks nobody but the view. */
public interface SafetyGate {
  /** As {@code --ignore-gate} takes it. */
  String name();

  /** Whether it has to do with that remedy; most watch over what takes copies away. */
  default boolean guards(Remedy remedy) {
    return remedy.exposes();
  }

  /** Whether the table may start, and why or why not; what the view could not see is unread. */
  GateVerdict judge(Finding finding, View view);
}
