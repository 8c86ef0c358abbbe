package cratesim.wire;

import cratesim.faults.Fault;
import cratesim.faults.FaultyWire;

/** Where the answer to a statement goes. */
interface Outgoing {
  FaultyWire wire();

  /** The bytes that are sent next are to suffer this: one of those that concern bytes. */
  void spoil(Fault.Effect how);
}
