package xmover.cluster.wire;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.InvalidSettings;

/** Opens a cluster with the transport that the settings name. */
public final class Clusters {
  private Clusters() {}

  /**
   * One cluster over two pools of connections.
   *
   * @param urgent has its own, so that it never waits behind what hangs; where it can't make one,
   *     it takes over what the other does not use
   */
  public record Pools(Cluster cluster, Cluster urgent) {}

  /**
   * Makes a cluster ready; the first statement connects.
   *
   * @throws InvalidSettings when a file of certificates or keys is unusable
   */
  public static Cluster open(Vertx vertx, ConnectionSettings settings) {
    return open(vertx, settings, new SameCluster(told -> {})).cluster();
  }

  /**
   * Makes both pools ready; none leads to another cluster than the other.
   *
   * @throws InvalidSettings when a file of certificates or keys is unusable
   */
  public static Pools open(Vertx vertx, ConnectionSettings settings, SameCluster sameCluster) {
    return open(vertx, settings, sameCluster, Addresses.Names.ofThisMachine(vertx));
  }

  static Pools open(
      Vertx vertx, ConnectionSettings settings, SameCluster sameCluster, Addresses.Names names) {
    List<Node> nodes = new ArrayList<>();
    List<Node> urgent = new ArrayList<>();
    for (HostPort host : settings.hosts()) {
      NodeWire wire = wire(vertx, host, settings);
      var addresses = new Addresses(host, names);
      var node = new Node(host, settings, wire, addresses, sameCluster, Optional.empty());
      nodes.add(node);
      urgent.add(new Node(host, settings, wire, addresses, sameCluster, Optional.of(node)));
    }
    return new Pools(together(nodes), together(urgent));
  }

  private static Cluster together(List<Node> nodes) {
    return nodes.size() == 1 ? nodes.get(0) : new FailoverCluster(nodes);
  }

  private static NodeWire wire(Vertx vertx, HostPort host, ConnectionSettings settings) {
    return switch (settings.transport()) {
      case POSTGRESQL -> new PgWire(vertx, host, settings);
      case HTTP -> new HttpWire(vertx, host, settings);
    };
  }
}
