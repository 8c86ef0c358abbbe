package xmover.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;

/** A way to talk to one host: over PostgreSQL's protocol, or HTTP. */
interface NodeWire {
  /** Connects to one of the host's addresses, and logs in where the protocol has that. */
  Future<NodeSession> open(SocketAddress address);

  /** True when what is sent over a connection may end up at another server than before. */
  boolean mayChangeServers();

  /** Lets go of what the connections have in common. */
  Future<Void> close();
}
