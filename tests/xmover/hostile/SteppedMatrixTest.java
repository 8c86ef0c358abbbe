package xmover.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.FaultyWire;
import cratesim.faults.KnownFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The matrix in stepped time and without sockets, where a cell takes milliseconds: a third of it at
 * every build. {@code XMOVER_STEPPED=1} runs all, {@code XMOVER_CELL} those that match.
 */
class SteppedMatrixTest {
  private static final int EACH = 3;

  private final List<String> broken = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();

  /** Without a wire both are the same, but for faults that only one has. */
  private static List<Cell> all() {
    return List.copyOf(
        new LinkedHashSet<>(
            HostileMatrixTest.all()
                .filter(
                    cell ->
                        cell.wire() == FaultyWire.HTTP
                            || !cell.strikes().get(0).fault().wires().contains(FaultyWire.HTTP))
                .toList()));
  }

  private static Stream<Cell> chosen() {
    List<Cell> all = all();
    Optional<String> named = Optional.ofNullable(System.getenv("XMOVER_CELL"));
    int each =
        Integer.parseInt(System.getenv().getOrDefault("XMOVER_STEPPED", String.valueOf(EACH)));
    return named.isPresent()
        ? all.stream().filter(cell -> cell.toString().matches(named.get()))
        : IntStream.range(0, all.size()).filter(i -> i % each == 0).mapToObj(all::get);
  }

  @Test
  void no_fault_at_no_moment_breaks_the_promise() {
    List<Cell> cells = chosen().toList();
    cells.forEach(this::judge);
    System.out.printf("%d of %d stepped cells: %s%n", cells.size(), all().size(), ends);
    assertEquals("", String.join("\n", broken));
    assertTrue(!cells.isEmpty());
  }

  private void judge(Cell cell) {
    try {
      Seen seen = new SteppedHostileRun(cell).run().get(0);
      if (System.getenv("XMOVER_CELL") != null) {
        System.out.println(cell + "\n" + seen.attacked().out());
        System.out.println("then resume:\n" + seen.repaired().out());
      }
      ends.merge(seen.fired() == 0 ? "not fired" : seen.ending().name(), 1, Integer::sum);
      boolean outside = cell.strikes().get(0).fault().family() == KnownFault.Family.OUTSIDE;
      if (outside && seen.fired() == 0) {
        broken.add(cell + ": its fault did not take effect");
      }
      HostileMatrixTest.broken(seen).forEach(how -> broken.add(cell + ": " + how));
    } catch (RuntimeException | AssertionError failed) {
      broken.add(cell + ": " + failed);
    }
  }
}
