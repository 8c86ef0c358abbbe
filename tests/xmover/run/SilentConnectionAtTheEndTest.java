package xmover.run;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cli.WiredCluster;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.sql.Sql;
import xmover.environment.ThisProcess;

/** After the summary a process waited for ever for a connection that had gone silent. */
class SilentConnectionAtTheEndTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  /** Passes on what it gets, until the sockets are paused. */
  private int proxy(int port) throws Exception {
    var client = vertx.createNetClient();
    var local = new NetServerOptions().setHost("127.0.0.1").setPort(0);
    return vertx
        .createNetServer(local)
        .connectHandler(
            here -> {
              here.pause();
              client
                  .connect(port, "127.0.0.1")
                  .onSuccess(
                      there -> {
                        here.handler(there::write);
                        there.handler(here::write);
                        sockets.addAll(List.of(here, there));
                        here.resume();
                      });
            })
        .listen()
        .await(10, TimeUnit.SECONDS)
        .actualPort();
  }

  @ParameterizedTest
  @CsvSource({"pg, false", "pg, true", "http, false", "http, true"})
  void closing_takes_some_seconds_at_most(String wire, boolean busy) throws Exception {
    try (var drill = WiredCluster.withUsers(folder)) {
      String url = wire.equals("pg") ? drill.pg() : drill.http();
      String port = url.replaceFirst(".*:(\\d+).*", "$1");
      String proxied = url.replace(port, Integer.toString(proxy(Integer.parseInt(port))));
      Connection connection = Connection.open(ConnectionOptions.of(proxied), ThisProcess.shared());
      Connection.await(connection.cluster().execute(Sql.ping()));
      sockets.forEach(NetSocket::pause);
      if (busy) {
        connection.cluster().execute(Sql.ping());
      }
      assertTimeoutPreemptively(Duration.ofSeconds(9), connection::close);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
