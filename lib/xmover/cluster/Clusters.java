package xmover.cluster;

import io.vertx.core.Vertx;
import java.util.List;

/** Opens a cluster with the transport that the settings name. */
public final class Clusters {
  private Clusters() {}

  /**
   * Makes a cluster ready; the first statement connects.
   *
   * @throws InvalidSettings when the CA file is unusable
   */
  public static Cluster open(Vertx vertx, ConnectionSettings settings) {
    return open(vertx, settings, new SameCluster(told -> {}));
  }

  /**
   * Makes a cluster ready that is the same one as all others with this {@link SameCluster}.
   *
   * @throws InvalidSettings when the CA file is unusable
   */
  public static Cluster open(Vertx vertx, ConnectionSettings settings, SameCluster sameCluster) {
    return open(vertx, settings, sameCluster, Addresses.Names.OF_THIS_MACHINE);
  }

  static Cluster open(
      Vertx vertx, ConnectionSettings settings, SameCluster sameCluster, Addresses.Names names) {
    List<Cluster> nodes =
        settings.hosts().stream()
            .<Cluster>map(
                host ->
                    new Node(
                        host,
                        settings,
                        wire(vertx, host, settings),
                        new Addresses(vertx, host, names),
                        sameCluster))
            .toList();
    return nodes.size() == 1 ? nodes.get(0) : new FailoverCluster(nodes);
  }

  private static Wire wire(Vertx vertx, HostPort host, ConnectionSettings settings) {
    return switch (settings.transport()) {
      case POSTGRESQL -> new PgWire(vertx, host, settings);
      case HTTP -> new HttpWire(vertx, host, settings);
    };
  }
}
