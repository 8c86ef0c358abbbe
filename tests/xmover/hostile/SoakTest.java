package xmover.hostile;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import xmover.benchmark.Heap;
import xmover.cluster.connection.ConnectionSettings;

/**
 * After many rounds of faults nothing is left behind: no timer, connection, thread, file or memory.
 * Minutes of simulated time over 100 tables at every build; {@code XMOVER_SOAK=60} an hour over
 * 1,000, and the heap, too, which beside other tests would tell of theirs; {@code XMOVER_SEED}
 * draws other faults.
 */
@Isolated("it counts the threads, the files and the heap of the JVM")
class SoakTest {
  private static final int MINUTES =
      Integer.parseInt(System.getenv().getOrDefault("XMOVER_SOAK", "6"));

  private static final long SEED =
      Long.parseLong(System.getenv().getOrDefault("XMOVER_SEED", "16"));

  private static final int TABLES = MINUTES < 60 ? 100 : 1_000;

  /** So that two of them are the first quarter, and one that is left each time shows six times. */
  private static final int FEWEST_ROUNDS = 8;

  /** What the JVM begins and opens by itself: compilers, collectors, archives of classes. */
  private static final int OF_THE_JVM = 3;

  /** Classes loaded later, and the 1.2 kB that Vert.x 5.0.12 keeps of each client it closed. */
  private static final long FIRST_USED_LATER = 1 << 20;

  /** The simulated cluster keeps each in two logs; measured were 1.2 KiB over sockets. */
  private static final long LOGGED_STATEMENT = 2 << 10;

  private final Course heap = new Course();
  @TempDir private Path home;

  @Test
  void after_an_hour_of_runs_no_timer_no_connection_and_no_table_at_zero_is_left() {
    var soak = new SteppedSoak(TABLES, SEED);
    var timers = new Course();
    var connections = new Course();
    soak.round();
    int logged = soak.statements();
    while (isToGoOn(timers, soak.passed())) {
      soak.round();
      timers.add(soak.pendingTimers());
      connections.add(soak.openConnections());
      heap.add(heap());
    }
    soak.end();
    System.out.printf(
        "stepped soak, %s, %d rounds, seed %d: %s; timers %s, connections %s, heap %s%n",
        soak.passed(), timers.rounds(), SEED, soak, timers, connections, heap);
    assertAll(
        () -> assertEquals(0, timers.highest(), "timers"),
        () -> assertTrue(connections.highest() <= 2 * ConnectionSettings.DEFAULT_POOL_SIZE),
        () -> assertEquals(0, soak.openConnections(), "connections that were closed"),
        () -> assertFlat(heap, FIRST_USED_LATER + LOGGED_STATEMENT * (soak.statements() - logged)),
        () -> assertEquals(Map.of(), soak.changed()));
  }

  @Test
  void after_an_hour_of_sockets_no_connection_no_thread_and_no_file_is_left() throws Exception {
    try (var soak = new SocketSoak(home, TABLES, SEED)) {
      var connections = new Course();
      var threads = new Course();
      var files = new Course();
      soak.round();
      int logged = soak.statements();
      while (isToGoOn(connections, soak.passed())) {
        soak.round();
        connections.add(soak.openConnections());
        threads.add(ManagementFactory.getThreadMXBean().getThreadCount());
        files.add(openFiles());
        heap.add(heap());
      }
      soak.end();
      System.out.printf(
          "soak with sockets, %s, %d rounds, seed %d: %s; connections %s, threads %s, files %s,"
              + " heap %s%n",
          soak.passed(), files.rounds(), SEED, soak, connections, threads, files, heap);
      assertAll(
          () -> assertEquals(0, connections.highest(), "connections"),
          () -> assertFlat(threads, OF_THE_JVM),
          () -> assertFlat(files, OF_THE_JVM),
          () ->
              assertFlat(heap, FIRST_USED_LATER + LOGGED_STATEMENT * (soak.statements() - logged)),
          () -> assertEquals(Map.of(), soak.changed()));
    }
  }

  /** Collecting all that other tests keep would cost seconds a round, and tell nothing. */
  private static long heap() {
    return MINUTES < 60 ? 0 : Heap.kept();
  }

  private static boolean isToGoOn(Course rounds, Duration passed) {
    return rounds.rounds() < FEWEST_ROUNDS || passed.toMinutes() < MINUTES;
  }

  /** Sockets among them; 0 on a system that does not tell. */
  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static void assertFlat(Course figures, long more) {
    long grown = figures.last() - figures.first();
    assertTrue(grown <= more, () -> "%s: %d more, allowed are %d".formatted(figures, grown, more));
  }
}
