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
    List<Cluster> nodes =
        settings.hosts().stream().map(host -> node(vertx, host, settings)).toList();
    return nodes.size() == 1 ? nodes.get(0) : new FailoverCluster(nodes);
  }

  private static Cluster node(Vertx vertx, HostPort host, ConnectionSettings settings) {
    return switch (settings.transport()) {
      case POSTGRESQL -> new PgCluster(vertx, host, settings);
      case HTTP -> new HttpCluster(vertx, host, settings);
    };
  }
}
