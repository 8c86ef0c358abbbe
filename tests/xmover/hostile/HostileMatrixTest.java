package xmover.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.KnownFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.Repository;
import xmover.run.ExitCode;

/**
 * Every fault of the list at every moment of every command, over both wires, with real sockets. A
 * part of the matrix costs ten seconds of CPU; {@code XMOVER_MATRIX=1} runs all of it, 7 each
 * seventh cell, and {@code XMOVER_CELL='RESET .*@zero PG'} those that match.
 */
class HostileMatrixTest {
  private static final int EACH = 140;
  private static final int AT_ONCE = 6;

  /** Of the cells that are run; on a busy machine a gate may shut before the moment comes. */
  private static final double FIRED = 0.85;

  /** Another table has the name as the ALTER comes, and is met by it; who asks is told so. */
  private static final String STRAY = "(RESET|AUTO) (swapped|recreated|other-cluster)@zero .*";

  /** They need a table with partitions. */
  static final String NO_CELL = "partition-dropped.*";

  /** Names and the clock are those of this machine: in stepped time there are others. */
  private static final String STEPPED_ONLY = "client-clock.*|first-address-dead";

  @TempDir private Path folder;
  private final Map<String, Integer> ends = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();

  private static List<Cell> cells() {
    return all()
        .filter(cell -> !cell.strikes().get(0).fault().name().matches(STEPPED_ONLY))
        .toList();
  }

  /** With those that exist in stepped time alone. */
  static Stream<Cell> all() {
    return Stream.of(Way.values())
        .flatMap(
            way ->
                way.moments().stream()
                    .flatMap(
                        moment ->
                            HostileRun.KNOWN.at(moment).stream()
                                .filter(fault -> !fault.name().matches(NO_CELL))
                                .flatMap(
                                    fault ->
                                        fault.wires().stream()
                                            .sorted()
                                            .map(wire -> new Cell(way, fault, moment, wire)))));
  }

  private static List<Cell> chosen() {
    List<Cell> all = cells();
    Optional<String> named = Optional.ofNullable(System.getenv("XMOVER_CELL"));
    int each =
        Integer.parseInt(System.getenv().getOrDefault("XMOVER_MATRIX", String.valueOf(EACH)));
    return named.isPresent()
        ? all.stream().filter(cell -> cell.toString().matches(named.get())).toList()
        : IntStream.range(0, all.size()).filter(i -> i % each == 0).mapToObj(all::get).toList();
  }

  @Test
  void no_fault_at_no_moment_breaks_the_promise() throws Exception {
    List<Cell> cells = chosen();
    var pool = Executors.newFixedThreadPool(AT_ONCE);
    cells.forEach(cell -> pool.execute(() -> judge(cell)));
    pool.shutdown();
    assertTrue(pool.awaitTermination(3, TimeUnit.HOURS));
    System.out.printf("%d of %d cells: %s%n", cells.size(), cells().size(), new TreeMap<>(ends));
    assertEquals("", String.join("\n", broken));
    assertTrue(!cells.isEmpty());
    int silent = ends.getOrDefault("not fired", 0);
    assertTrue(silent <= (1 - FIRED) * cells.size(), () -> silent + " did not fire");
  }

  private void judge(Cell cell) {
    try {
      Seen seen = new HostileRun(cell, Files.createTempDirectory(folder, "cell")).run();
      if (System.getenv("XMOVER_CELL") != null) {
        System.out.println(cell + "\n" + seen.attacked().out() + seen.attacked().err());
        System.out.println("then resume:\n" + seen.repaired().out() + seen.repaired().err());
      }
      ends.merge(seen.fired() == 0 ? "not fired" : seen.ending().name(), 1, Integer::sum);
      broken(seen).forEach(how -> broken.add(cell + ": " + how));
    } catch (Exception | AssertionError failed) {
      broken.add(cell + ": " + failed);
    }
  }

  static List<String> broken(Seen seen) {
    boolean met = seen.cell().toString().matches(STRAY);
    return met && seen.attacked().exitCode() == ExitCode.CRITICAL.number()
        ? List.of()
        : seen.broken();
  }

  @Test
  void the_table_of_cells_in_the_documentation_is_current() throws IOException {
    String table = table();
    assertTrue(
        Files.readString(Repository.root().resolve("CONTRIBUTING.md")).contains(table), table);
  }

  private static String table() {
    Map<Way, Map<KnownFault.Family, Long>> counts = new TreeMap<>();
    cells()
        .forEach(
            cell ->
                counts
                    .computeIfAbsent(cell.way(), way -> new TreeMap<>())
                    .merge(cell.strikes().get(0).fault().family(), 1L, Long::sum));
    List<String> lines = new ArrayList<>();
    lines.add("| command | moments | wire | statement | cluster | table | outside |");
    lines.add("|---|---|---|---|---|---|---|");
    counts.forEach(
        (way, byFamily) -> {
          String moments = String.join(" ", way.moments().stream().map(m -> m.name()).toList());
          String each =
              String.join(" | ", byFamily.values().stream().map(String::valueOf).toList());
          lines.add("| %s | %s | %s |".formatted(way.told(), moments, each));
        });
    return String.join("\n", lines);
  }
}
