package xmover.gates;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A gate of each kind, also of those that are asked where an option wants them. */
public final class EveryGate {
  private EveryGate() {}

  /**
   * One for each of {@link Preflight#NAMES}, in that order.
   *
   * @param limit after how many resets a table is refused
   */
  public static List<SafetyGate> of(RecurrenceGate.Limit limit, InstantSource clock) {
    List<SafetyGate> gates = new ArrayList<>(Preflight.GATES);
    gates.add(new SnapshotAgeGate(Duration.ofDays(1)));
    gates.add(new RecurrenceGate(limit, clock));
    return gates;
  }
}
