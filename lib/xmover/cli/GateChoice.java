package xmover.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import xmover.safety.IgnoredGates;
import xmover.safety.RecurrenceGate;

/**
 * What an operator says of the gates.
 *
 * @param abortOnRed whether the tables at 0 are put back when the cluster turns RED
 * @param recurrence how many resets of a table are enough
 * @param snapshot how old the newest snapshot of a table may be; empty where none is needed
 * @param patience how long a table is waited for whose copies move or start
 */
record GateChoice(
    IgnoredGates ignored,
    boolean abortOnRed,
    RecurrenceGate.Limit recurrence,
    Optional<Duration> snapshot,
    Duration patience) {
  /** Heeds every gate, as when nothing was typed. */
  static final GateChoice ALL =
      new GateChoice(
          IgnoredGates.NONE,
          false,
          new RecurrenceGate.Limit(5, Duration.ofDays(7)),
          Optional.empty(),
          Duration.ofMinutes(5));

  /** The same for a run that only tells what it would do: it tells it at once. */
  GateChoice told() {
    return new GateChoice(ignored, abortOnRed, recurrence, snapshot, Duration.ZERO);
  }

  /** What to do when the cluster turns RED: tell it, and stop the run where that was asked for. */
  Consumer<String> whenRed(Consumer<String> tell, Consumer<String> stop) {
    return abortOnRed ? tell.andThen(trouble -> stop.accept("--abort-on-red: " + trouble)) : tell;
  }
}
