package xmover.real;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import xmover.cluster.Row;
import xmover.cluster.connection.Transport;

/**
 * Stops, kills, freezes and starts nodes of the real cluster, by the command of {@code
 * XMOVER_TEST_NODES}, to which a verb and a node's number are appended. At the end every node is
 * there again. CONTRIBUTING says what the command has to do.
 */
final class Nodes implements AutoCloseable {
  static final String VARIABLE = "XMOVER_TEST_NODES";
  private static final int PATIENCE_SECONDS = 120;

  private final RealCluster cluster;
  private final List<String> names;
  private final TreeSet<Integer> down = new TreeSet<>();
  private final TreeSet<Integer> frozen = new TreeSet<>();

  Nodes(RealCluster cluster) {
    this.cluster = cluster;
    this.names =
        cluster.execute("SELECT name FROM sys.nodes ORDER BY name").stream()
            .map(row -> row.text("name"))
            .toList();
    int port = cluster.settings(Transport.HTTP).hosts().get(0).port();
    Row first =
        cluster.execute("SELECT port['http'] AS port FROM sys.nodes ORDER BY name LIMIT 1").get(0);
    Assertions.assertEquals(
        port, first.number("port"), RealCluster.VARIABLE + " has to name the first node by name");
  }

  /** The command line, if there is one. */
  static Optional<String> named() {
    return Optional.ofNullable(System.getenv(VARIABLE)).filter(command -> !command.isBlank());
  }

  int count() {
    return names.size();
  }

  /** The number of a node; the first one is that which the tests talk to. */
  int number(String name) {
    return names.indexOf(name) + 1;
  }

  /** Ends a node in order. */
  synchronized void stop(int node) {
    down.add(node);
    does("stop", node);
  }

  /** Ends a node by SIGKILL. */
  synchronized void kill(int node) {
    down.add(node);
    does("kill", node);
  }

  /** A node does nothing any more, and its connections stay open. */
  synchronized void freeze(int node) {
    frozen.add(node);
    does("freeze", node);
  }

  /** A frozen node goes on. */
  synchronized void thaw(int node) {
    does("thaw", node);
    frozen.remove(node);
  }

  /** Starts a node that has ended. */
  synchronized void start(int node) {
    does("start", node);
    down.remove(node);
  }

  /** Waits until every node is in the cluster, and the cluster has every primary. */
  void awaitAll() {
    await(
        "all nodes are there",
        "SELECT (SELECT count(*) FROM sys.nodes) = %d AND coalesce(sum(missing_shards), 0) = 0 AS yes FROM sys.health"
            .formatted(count()));
  }

  /** Waits until the cluster answers this with {@code yes}; a node that is away is no answer. */
  void await(String what, String condition) {
    cluster.await(
        what,
        () ->
            RealCluster.get(
                cluster
                    .executing(condition)
                    .map(rows -> rows.get(0).flag("yes"))
                    .otherwise(false)));
  }

  private static void does(String verb, int node) {
    String line = named().orElseThrow() + " " + verb + " " + node;
    try {
      Path told = Files.createTempFile("nodes", ".log");
      Process process =
          new ProcessBuilder("sh", "-c", line)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(told.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Assertions.assertTrue(ended && process.exitValue() == 0, () -> line + ":\n" + contents(told));
      Files.delete(told);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException(line));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    List.copyOf(frozen).forEach(this::thaw);
    List.copyOf(down).forEach(this::start);
    awaitAll();
  }
}
