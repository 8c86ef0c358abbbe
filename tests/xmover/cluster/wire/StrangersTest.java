package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.SslMode;
import xmover.cluster.connection.Timeouts;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;

/** Where no CrateDB is: closed ports, unknown names, and servers that speak something else. */
class StrangersTest {
  private static final Statement ONE = Statement.read("SELECT 1");
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    get(vertx.close());
  }

  private int listen(Handler<NetSocket> stranger) {
    var local = new NetServerOptions().setHost("127.0.0.1").setPort(0);
    return get(vertx.createNetServer(local).connectHandler(stranger).listen()).actualPort();
  }

  private static ConnectionSettings settings(Transport transport, SslMode tls, HostPort host) {
    return new ConnectionSettings(
        transport,
        List.of(host),
        "doc",
        Credentials.of("crate"),
        tls,
        Optional.empty(),
        new Timeouts(SHORT, SHORT, SHORT),
        1,
        false);
  }

  private ClusterFailure meeting(Transport transport, SslMode tls, int port) {
    var host = new HostPort("127.0.0.1", port);
    return failure(Clusters.open(vertx, settings(transport, tls, host)).execute(ONE));
  }

  private static void assertKind(Kind kind, ClusterFailure failure) {
    assertEquals(kind, failure.kind(), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void a_closed_port_is_named(Transport transport) throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var failure = meeting(transport, SslMode.DISABLE, port);
    assertKind(Kind.UNREACHABLE, failure);
    assertTrue(failure.getMessage().startsWith("127.0.0.1:" + port + ": "), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void a_name_that_does_not_resolve_is_named(Transport transport) {
    var nowhere = new HostPort("nowhere.invalid", 5432);
    var cluster =
        Clusters.open(
                vertx,
                settings(transport, SslMode.DISABLE, nowhere),
                new SameCluster(told -> {}),
                name -> Future.failedFuture(new UnknownHostException(name)))
            .cluster();
    var failure = failure(cluster.execute(ONE));
    assertKind(Kind.UNKNOWN_HOST, failure);
    assertTrue(failure.getMessage().contains("'nowhere.invalid'"), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, PREFER",
    "POSTGRESQL, REQUIRE",
    "HTTP,       DISABLE",
  })
  void garbage_is_no_cratedb(Transport transport, SslMode tls) {
    int port = listen(socket -> socket.write("5.7.0 what do you want\r\n"));
    assertKind(Kind.NOT_CRATEDB, meeting(transport, tls, port));
  }

  @ParameterizedTest
  @CsvSource({"PREFER, NOT_CRATEDB", "DISABLE, UNREACHABLE"})
  void a_web_server_is_no_postgresql_port(SslMode tls, Kind kind) {
    int port =
        listen(
            socket ->
                socket.handler(
                    any -> {
                      socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                      socket.end();
                    }));
    assertKind(kind, meeting(Transport.POSTGRESQL, tls, port));
  }

  @Test
  void a_postgresql_port_is_no_web_server() {
    try (var db = new TinyCrateDb()) {
      int port = db.port(Transport.POSTGRESQL);
      var failure = meeting(Transport.HTTP, SslMode.DISABLE, port);
      assertTrue(
          List.of(Kind.NOT_CRATEDB, Kind.UNREACHABLE).contains(failure.kind()),
          failure.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, PREFER", "POSTGRESQL, DISABLE", "HTTP, VERIFY_FULL"})
  void a_silent_server_is_given_up_and_its_connection_closed(Transport transport, SslMode tls) {
    Promise<Void> ended = Promise.promise();
    int port = listen(socket -> socket.closeHandler(ended::complete).handler(any -> {}));
    assertKind(Kind.CONNECT_TIMEOUT, meeting(transport, tls, port));
    get(ended.future());
  }

  @ParameterizedTest
  @EnumSource
  void a_server_without_tls_is_told(Transport transport) {
    try (var db = new TinyCrateDb()) {
      var failure = meeting(transport, SslMode.REQUIRE, db.port(transport));
      assertKind(Kind.TLS, failure);
      assertTrue(failure.getMessage().contains("speaks no TLS"), failure.getMessage());
    }
  }
}
