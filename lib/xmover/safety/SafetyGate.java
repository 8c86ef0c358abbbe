package xmover.safety;

import xmover.reset.GateVerdict;
import xmover.table.Finding;

/** One question about a table that is about to lose its replicas; it asks nobody but the view. */
public interface SafetyGate {
  /** As {@code --ignore-gate} takes it. */
  String name();

  /** Whether the table may start, and why or why not; what the view could not see is shut. */
  GateVerdict judge(Finding finding, View view);
}
