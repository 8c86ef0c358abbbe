package cratesim.wire;

import cratesim.SqlEndpoint;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Both servers over an endpoint, for one test. */
final class RunningServer implements AutoCloseable {
  static final NodeIdentity NODE = new NodeIdentity("fake-cluster", "data-hot-1", "6.3.7");

  final Vertx vertx = Vertx.vertx();
  final Faults faults = new Faults();
  final StatementLog log = new StatementLog(InstantSource.system());
  private final SimulatedServer server;

  RunningServer(SqlEndpoint endpoint) {
    this(endpoint, null);
  }

  RunningServer(SqlEndpoint endpoint, @Nullable Tls tls) {
    var settings = new SimulatedServer.Settings(NODE, 0, 0, tls);
    server = get(SimulatedServer.start(vertx, endpoint, settings, faults, log));
  }

  int pgPort() {
    return server.pgPort();
  }

  int httpPort() {
    return server.httpPort();
  }

  PgConnectOptions pgOptions() {
    return new PgConnectOptions()
        .setHost("127.0.0.1")
        .setPort(pgPort())
        .setUser("crate")
        .setDatabase("doc");
  }

  PgConnection connect() {
    return get(PgConnection.connect(vertx, pgOptions()));
  }

  static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  /** The failure of a future that must fail. */
  static Throwable failure(Future<?> future) {
    return get(
        future.transform(
            result ->
                result.failed()
                    ? Future.succeededFuture(result.cause())
                    : Future.failedFuture("did not fail: " + result.result())));
  }

  @Override
  public void close() {
    get(server.close());
    get(vertx.close());
  }
}
