package xmover.real;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.SslMode;
import xmover.cluster.connection.Timeouts;
import xmover.cluster.connection.Transport;
import xmover.cluster.wire.Clusters;

/**
 * The CrateDB that the environment names, over both of its wires. Whatever a test creates here is
 * dropped at the end, last created first, also when tests fail.
 */
final class RealCluster implements AutoCloseable {
  static final String VARIABLE = "XMOVER_TEST_CRATEDB";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int POLL_MILLIS = 200;

  final Vertx vertx = Vertx.vertx();
  private final ConnectionSettings named;
  private final Cluster cluster;
  private final Deque<String> cleanups = new ArrayDeque<>();

  RealCluster() {
    named =
        new ConnectionOptions(named(), Optional.empty(), Timeouts.DEFAULT, 2, true)
            .resolve(System.getenv(), file -> Files.readString(Path.of(file)));
    cluster = Clusters.open(vertx, named);
  }

  /** The URL, if there is one. */
  static Optional<String> named() {
    return Optional.ofNullable(System.getenv(VARIABLE)).filter(url -> !url.isEmpty());
  }

  /** How to connect over one of the wires; the test is skipped where that can't be known. */
  ConnectionSettings settings(Transport transport) {
    return settings(transport, named.credentials());
  }

  ConnectionSettings settings(Transport transport, Credentials credentials) {
    boolean same = transport == named.transport();
    return new ConnectionSettings(
        transport,
        List.of(same ? named.hosts().get(0) : other(transport)),
        named.schema(),
        credentials,
        same ? named.tls() : tls(transport),
        named.rootCertificate(),
        Timeouts.DEFAULT,
        2,
        true);
  }

  /** The same node's other port, as the cluster itself gives it. */
  private HostPort other(Transport transport) {
    HostPort known = named.hosts().get(0);
    for (Row node :
        execute("SELECT port['http'] AS \"HTTP\", port['psql'] AS \"POSTGRESQL\" FROM sys.nodes")) {
      Long port = node.number(transport.name());
      if (port != null && node.number(named.transport().name()) == known.port()) {
        return new HostPort(known.host(), port.intValue());
      }
    }
    assumeTrue(false, "no node says on which " + transport.title() + " port it listens");
    throw new AssertionError();
  }

  private SslMode tls(Transport transport) {
    return transport == Transport.HTTP && !named.tls().encrypts() ? SslMode.DISABLE : named.tls();
  }

  Cluster open(ConnectionSettings settings) {
    return Clusters.open(vertx, settings);
  }

  /** Executes a statement over the wire that was named. */
  List<Row> execute(String statement) {
    return get(executing(statement));
  }

  /** The same without waiting for it. */
  Future<List<Row>> executing(String statement) {
    return cluster.execute(Statement.write(statement));
  }

  /** Creates something, which the other statement drops at the end, also if it came half way. */
  void create(String create, String drop) {
    cleanups.push(drop);
    execute(create);
  }

  long nodes() {
    return execute("SELECT count(*) AS nodes FROM sys.nodes").get(0).number("nodes");
  }

  /** Goes on as soon as something is true, and fails when it takes too long. */
  void await(String what, Supplier<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.get()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not: " + what);
      }
      get(vertx.timer(POLL_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  static <T> T get(Future<T> future) {
    try {
      return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  /** The failure of a future, nothing when it succeeded. */
  static @Nullable Throwable failure(Future<?> future) {
    return get(future.transform(result -> Future.succeededFuture(result.cause())));
  }

  @Override
  public void close() {
    while (!cleanups.isEmpty()) {
      String drop = cleanups.pop();
      Throwable failure = failure(cluster.execute(Statement.write(drop)));
      if (failure != null) {
        System.err.println("left behind, as it could not be dropped: " + drop + ": " + failure);
      }
    }
    get(cluster.close().eventually(vertx::close));
  }
}
