package xmover.metrics;

import io.vertx.core.Future;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.util.List;
import xmover.cluster.ClusterFailure;
import xmover.cluster.connection.HostPort;
import xmover.observe.RunScene;

/**
 * Sends lines to a StatsD server by UDP: nobody waits for it, and whether somebody listens is not
 * known. Only a host that can't be found, or not be sent to, costs a warning.
 */
final class StatsdSocket {
  /** What fits into one packet of an Ethernet. */
  private static final int LARGEST = 1400;

  private final HostPort server;
  private final DatagramSocket socket;
  private final FirstWarning warning;
  private Future<Void> sent = Future.succeededFuture();

  StatsdSocket(RunScene scene, StatsdAddress address) {
    this.server = address.server();
    this.warning = new FirstWarning(scene.warning());
    this.socket =
        scene
            .vertx()
            .createDatagramSocket(new DatagramSocketOptions().setIpV6(server.host().contains(":")));
  }

  void send(List<String> lines) {
    var packet = new StringBuilder();
    for (String line : lines) {
      if (packet.length() + line.length() >= LARGEST) {
        send(packet.toString());
        packet.setLength(0);
      }
      packet.append(packet.isEmpty() ? "" : "\n").append(line);
    }
    send(packet.toString());
  }

  private void send(String packet) {
    if (packet.isEmpty()) {
      return;
    }
    Future<Void> now =
        socket
            .send(packet, server.port(), server.host())
            .onFailure(failure -> warning.accept(sentence(failure)))
            .otherwiseEmpty();
    sent = sent.compose(before -> now);
  }

  private String sentence(Throwable failure) {
    return "the metrics can't be sent to StatsD at %s: %s"
        .formatted(server, ClusterFailure.sentence(failure));
  }

  /** Completes when the last packet left. */
  Future<Void> close() {
    return sent.eventually(socket::close);
  }
}
