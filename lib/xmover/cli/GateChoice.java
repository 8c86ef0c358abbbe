package xmover.cli;

import java.util.function.Consumer;
import xmover.safety.IgnoredGates;

/**
 * What an operator says of the gates.
 *
 * @param abortOnRed whether the tables at 0 are put back when the cluster turns RED
 */
record GateChoice(IgnoredGates ignored, boolean abortOnRed) {
  /** Heeds every gate. */
  static final GateChoice ALL = new GateChoice(IgnoredGates.NONE, false);

  /** What to do when the cluster turns RED: tell it, and stop the run where that was asked for. */
  Consumer<String> whenRed(Consumer<String> tell, Consumer<String> stop) {
    return abortOnRed ? tell.andThen(trouble -> stop.accept("--abort-on-red: " + trouble)) : tell;
  }
}
