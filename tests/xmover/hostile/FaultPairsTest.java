package xmover.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.faults.FaultyWire;
import cratesim.faults.KnownFault;
import cratesim.faults.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Two faults at once, of which one stays, in stepped time: every fault that stays at least once,
 * the others drawn from a seed that is printed. {@code XMOVER_PAIRS=10000} draws as many, and
 * {@code XMOVER_SEED} others than the last time.
 */
class FaultPairsTest {
  private static final int PAIRS = 500;

  private final List<String> broken = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();

  @Test
  void two_faults_at_once_break_no_promise() {
    long seed = Long.parseLong(System.getenv().getOrDefault("XMOVER_SEED", "16"));
    int pairs =
        Integer.parseInt(System.getenv().getOrDefault("XMOVER_PAIRS", String.valueOf(PAIRS)));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<KnownFault> sticky =
        HostileMatrixTest.all()
            .map(cell -> cell.strikes().get(0).fault())
            .filter(KnownFault::isSticky)
            .distinct()
            .sorted(Comparator.comparing(KnownFault::name))
            .toList();
    for (int i = 0; i < pairs; i++) {
      judge(pair(sticky.get(i % sticky.size()), random));
    }
    System.out.printf("%d pairs of faults, seed %d: %s%n", pairs, seed, ends);
    assertEquals("", String.join("\n", broken));
  }

  /** A command at two of whose moments both make sense. */
  private static Cell pair(KnownFault one, RandomGenerator random) {
    List<Way> ways =
        List.of(Way.values()).stream()
            .filter(way -> way.moments().stream().anyMatch(one.moments()::contains))
            .toList();
    Way way = ways.get(random.nextInt(ways.size()));
    List<Moment> its = way.moments().stream().filter(one.moments()::contains).toList();
    Moment then = way.moments().get(random.nextInt(way.moments().size()));
    List<KnownFault> others =
        HostileRun.KNOWN.at(then).stream()
            .filter(fault -> !fault.name().matches(HostileMatrixTest.NO_CELL))
            .filter(fault -> fault.wires().stream().anyMatch(one.wires()::contains))
            .toList();
    KnownFault other = others.get(random.nextInt(others.size()));
    FaultyWire wire =
        one.wires().contains(FaultyWire.HTTP) && other.wires().contains(FaultyWire.HTTP)
            ? FaultyWire.HTTP
            : FaultyWire.PG;
    return new Cell(
        way,
        List.of(
            new Cell.Strike(one, its.get(random.nextInt(its.size()))),
            new Cell.Strike(other, then)),
        wire);
  }

  private void judge(Cell cell) {
    try {
      Seen seen = new SteppedHostileRun(cell).run().get(0);
      ends.merge(seen.fired() == 0 ? "not fired" : seen.ending().name(), 1, Integer::sum);
      HostileMatrixTest.broken(seen).forEach(how -> broken.add(cell + ": " + how));
    } catch (RuntimeException | AssertionError failed) {
      broken.add(cell + ": " + failed);
    }
  }
}
