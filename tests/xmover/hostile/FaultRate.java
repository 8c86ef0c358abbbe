package xmover.hostile;

import cratesim.faults.Fault;
import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.faults.KnownFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;

/**
 * Lets faults of the list strike a share of the statements. A fault that has come stays until it
 * has struck as often as it says, or until the next one comes.
 */
final class FaultRate {
  private static final double SHARE = 0.05;

  /**
   * What stays for ever would strike every statement; what others do to a table, and another
   * version, is still so when the fault is over.
   */
  private static final String LASTS =
      ".*-ever|(dropped|renamed|swapped|recreated|setting-changed|partition-dropped).*"
          + "|(upgraded|downgraded|rolling-upgrade)";

  /** What strikes by what is read and not by a number, or leads elsewhere. */
  private static final String NOT_PLANNED = "(stale-reads|answer-of-another|other-cluster).*";

  private final Faults faults;
  private final RandomGenerator random;
  private final List<KnownFault> known =
      HostileRun.KNOWN.faults().stream()
          .filter(fault -> !fault.name().matches(LASTS))
          .sorted(Comparator.comparing(KnownFault::name))
          .toList();
  private final Map<KnownFault.Family, Integer> came = new TreeMap<>();
  private List<Faults.Armed> present = List.of();
  private int struck;
  private int due;

  FaultRate(Faults faults, long seed) {
    this.faults = faults;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** To be told each statement before it is executed. */
  void before(FaultyWire wire, String text) {
    due += random.nextDouble() < SHARE ? 1 : 0;
    List<KnownFault> fitting = known.stream().filter(fault -> fits(fault, wire, text)).toList();
    if (due > 0 && !fitting.isEmpty()) {
      due--;
      end();
      KnownFault fault = drawn(fitting);
      came.merge(fault.family(), 1, Integer::sum);
      present = List.of(faults.arm(from(fault, 1, fault.times())));
    }
  }

  /**
   * Plans faults of the wire for the statements to come, where nobody is told of them; and now and
   * then one that strikes all connections at a moment of a run.
   */
  void plan(FaultyWire wire, int arrivals) {
    end();
    List<KnownFault> ofWire =
        known.stream()
            .filter(fault -> fault.family() == KnownFault.Family.WIRE)
            .filter(fault -> fault.wires().contains(wire))
            .filter(fault -> !fault.name().matches(NOT_PLANNED))
            .toList();
    List<KnownFault> all = ofWire.stream().filter(FaultRate::strikesConnections).toList();
    List<KnownFault> one = ofWire.stream().filter(fault -> !strikesConnections(fault)).toList();
    List<Faults.Armed> armed = new ArrayList<>();
    for (int arrival = 1; arrival <= arrivals; arrival++) {
      if (random.nextDouble() < SHARE) {
        armed.add(faults.arm(from(drawn(one), arrival, arrival)));
      }
    }
    if (random.nextInt(3) == 0) {
      KnownFault fault = drawn(all);
      armed.add(faults.arm(fault, drawn(fault.moments())));
    }
    present = armed;
  }

  private static boolean strikesConnections(KnownFault fault) {
    return fault.effect() instanceof Fault.Silence
        || fault.effect() == Fault.Disruption.REFUSE_CONNECTION;
  }

  private <T> T drawn(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean fits(KnownFault fault, FaultyWire wire, String text) {
    return fault.wires().contains(wire)
        && (fault.statements() == null
            ? fault.moments().stream().anyMatch(moment -> moment.statement().matcher(text).find())
            : fault.statements().matcher(text).find());
  }

  private static Fault from(KnownFault fault, int first, int last) {
    Pattern hit = fault.statements() == null ? Pattern.compile("") : fault.statements();
    return new Fault(null, EnumSet.allOf(FaultyWire.class), hit, first, last, fault.effect());
  }

  /** All is well again, until the next one comes. */
  void end() {
    struck += present.stream().mapToInt(Faults.Armed::fired).sum();
    present = List.of();
    faults.end();
  }

  /** How often they struck; and of those that were not planned, how many came of each family. */
  @Override
  public String toString() {
    return "struck %d times %s".formatted(struck, came);
  }
}
