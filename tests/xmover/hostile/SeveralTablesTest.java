package xmover.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.KnownFault;
import cratesim.faults.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xmover.hostile.SteppedHostileRun.Limits;
import xmover.hostile.SteppedHostileRun.Task;
import xmover.run.RunOptions;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * Several sick tables and one fault in stepped time, with limits of what is at 0 at once, drawn
 * from a seed that is printed. 150 runs cost eight seconds of CPU; {@code XMOVER_SEVERAL=3000}
 * draws as many, {@code XMOVER_SEED} others than the last time.
 */
class SeveralTablesTest {
  private static final int DRAWS = 150;
  private static final long GB = 1L << 30;

  private static final String TABLE =
      """
      {"name": "doc.t_%s", "shards": 1, "replicas": "1", "size": "%sgb", "sick": {"translog": "2gb"}}
      """;

  private final List<String> broken = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Map<Integer, Integer> atZero = new TreeMap<>();

  @Test
  void no_more_is_at_zero_at_once_than_the_limits_allow_whatever_happens() {
    long seed = number("XMOVER_SEED", 16);
    long draws = number("XMOVER_SEVERAL", DRAWS);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < draws; i++) {
      judge(cell(random), task(random), i);
    }
    System.out.printf(
        "%d times several tables, seed %d: %s, most of them at 0 at once: %s%n",
        draws, seed, ends, atZero);
    assertEquals("", String.join("\n", broken));
    assertTrue(atZero.keySet().stream().anyMatch(most -> most > 1));
  }

  private static long number(String variable, long usual) {
    return Long.parseLong(System.getenv().getOrDefault(variable, String.valueOf(usual)));
  }

  private static Cell cell(RandomGenerator random) {
    Moment moment = one(Way.RESET.moments(), random);
    List<KnownFault> faults =
        HostileRun.KNOWN.at(moment).stream()
            .filter(fault -> !fault.name().matches(HostileMatrixTest.NO_CELL))
            // A limit alone may keep a table from being healed.
            .filter(fault -> fault.ends().contains(KnownFault.End.PUT_BACK))
            .toList();
    KnownFault fault = one(faults, random);
    return new Cell(Way.RESET, fault, moment, one(List.copyOf(fault.wires()), random));
  }

  private static Task task(RandomGenerator random) {
    int tables = random.nextInt(2, 6);
    int concurrent = random.nextInt(1, 5);
    int exposed = random.nextInt(1, 5);
    var bytes = new Bytes(GB * random.nextInt(2, 12));
    Duration longest = Duration.ofSeconds(random.nextInt(2, 60));
    String scenario =
        IntStream.range(0, tables)
            .mapToObj(i -> TABLE.formatted(i, random.nextInt(1, 5)))
            .collect(Collectors.joining(", "));
    RunOptions options =
        Way.RESET
            .options()
            .concurrent(concurrent)
            .maxExposedTables(exposed)
            .maxExposedBytes(bytes)
            .maxRecovering(random.nextInt(0, 3))
            .maxExposure(longest)
            .leaseSync(random.nextBoolean());
    return new Task(
        scenario,
        IntStream.range(0, tables).mapToObj(i -> TableRef.of("doc", "t_" + i)).toList(),
        options,
        new Limits(Math.min(concurrent, exposed), bytes.value(), longest));
  }

  private static <T> T one(List<T> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }

  private void judge(Cell cell, Task task, int draw) {
    String told = "draw " + draw + ", " + task.limits() + ", " + cell;
    try {
      var run = new SteppedHostileRun(cell, task);
      List<Seen> each = run.run();
      Seen first = each.get(0);
      ends.merge(first.fired() == 0 ? "not fired" : first.ending().name(), 1, Integer::sum);
      atZero.merge(run.mostAtZero(), 1, Integer::sum);
      each.stream()
          .flatMap(seen -> HostileMatrixTest.broken(seen).stream())
          .distinct()
          .forEach(how -> broken.add(told + ": " + how));
    } catch (RuntimeException | AssertionError failed) {
      broken.add(told + ": " + failed);
    }
  }
}
