package cratesim.wire;

import cratesim.faults.FaultyWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/**
 * Speaks the PostgreSQL protocol, version 3, as CrateDB does: simple and prepared queries, text and
 * binary, passwords in clear text, TLS when there is a certificate.
 */
final class PgWireServer {
  private static final String LOOPBACK = "127.0.0.1";

  private final NetServer server;
  private final PgServerSide side;

  PgWireServer(Vertx vertx, PgServerSide side) {
    var options = new NetServerOptions();
    var tls = side.tls();
    if (tls != null) {
      options.setKeyCertOptions(tls.keyCertOptions()).setClientAuth(tls.clientAuth());
      options.setTrustOptions(tls.trusted());
    }
    this.side = side;
    this.server = vertx.createNetServer(options).connectHandler(this::connected);
  }

  /**
   * Listens on the loopback address.
   *
   * @param port 0 for any
   * @return the port
   */
  Future<Integer> listen(int port) {
    return server.listen(port, LOOPBACK).map(NetServer::actualPort);
  }

  Future<Void> close() {
    return server.close();
  }

  private void connected(NetSocket socket) {
    var connection = side.runner().connect(FaultyWire.PG);
    if (connection.isRefused()) {
      socket.close();
    } else {
      new PgServerSession(socket, side, connection).start();
    }
  }
}
