package cratesim.wire;

import cratesim.Fault;
import cratesim.Wire;

/** Where the answer to a statement goes. */
interface Outgoing {
  Wire wire();

  /** The bytes that are sent next are to suffer this: one of those that concern bytes. */
  void spoil(Fault.Effect how);
}
