package xmover.run;

import java.util.Optional;
import xmover.reset.RebalanceHold;
import xmover.reset.engine.Unfinished;

/** The journal holds what other runs did not end, and the run was told not to go on with it. */
public final class UnfinishedResets extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnfinishedResets(String what) {
    super(what + "; nothing new was begun. See: xmover status; go on with it: xmover resume");
  }

  /** Fails where something is unfinished. */
  static void refuse(Unfinished unfinished, Optional<RebalanceHold> held) {
    if (!unfinished.entries().isEmpty()) {
      throw new UnfinishedResets(
          "%s resets of earlier runs are unfinished, first %s"
              .formatted(unfinished.entries().size(), unfinished.entries().get(0).table()));
    }
    if (held.isPresent()) {
      throw new UnfinishedResets(
          "rebalancing was switched off by an earlier run and not put back (it was '%s')"
              .formatted(held.get().original()));
    }
  }
}
