package xmover.gates;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import xmover.reset.GateVerdict;

/** The gates an operator overrides; never the one that guards the data itself. */
public record IgnoredGates(Set<String> names) {
  /** Overrides none. */
  public static final IgnoredGates NONE = new IgnoredGates(Set.of());

  private static final List<String> NAMES =
      Preflight.NAMES.stream().filter(name -> !name.equals(VersionGate.NAME)).toList();

  /** One name for all that keeps replicas from coming back. */
  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "restorable",
          List.of(
              AllocationGate.NAME,
              DiskGate.NAME,
              ShardLimitGate.NAME,
              ActiveShardsGate.NAME,
              BlocksGate.NAME));

  public IgnoredGates {
    names = Set.copyOf(names);
  }

  /**
   * Reads what an operator named; throws {@link IllegalArgumentException} with a sentence for a
   * name that is none.
   */
  public static IgnoredGates of(List<String> given) {
    var names = new TreeSet<String>();
    for (String name : given) {
      if (name.equals(VersionGate.NAME)) {
        throw new IllegalArgumentException(
            "the gate 'version' guards against the loss of all data of a table and can't be"
                + " ignored; "
                + choice());
      }
      if (!NAMES.contains(name) && !GROUPS.containsKey(name)) {
        throw new IllegalArgumentException("there is no gate '" + name + "'; " + choice());
      }
      names.addAll(GROUPS.getOrDefault(name, List.of(name)));
    }
    return new IgnoredGates(names);
  }

  /** All that can be named, in the order in which gates are asked; then those for several. */
  public static List<String> known() {
    return Stream.concat(NAMES.stream(), GROUPS.keySet().stream()).toList();
  }

  /** The verdict as it counts. */
  GateVerdict apply(GateVerdict verdict) {
    return verdict.isShut() && names.contains(verdict.gate()) ? verdict.ignored() : verdict;
  }

  private static String choice() {
    return "those that can be ignored: " + String.join(", ", known());
  }
}
