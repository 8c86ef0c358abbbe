package xmover.cluster.wire;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.connection.HostPort;

/**
 * Keeps all connections of a process at one cluster: the id of the first one that answers counts,
 * and a host with another id is as good as dead. A copied URL, a load balancer or an address that
 * changed hands would else have one cluster's replicas set at another.
 */
public final class SameCluster {
  private final AtomicReference<String> known = new AtomicReference<>();
  private final Set<HostPort> told = ConcurrentHashMap.newKeySet();
  private final Consumer<String> warning;

  /**
   * @param warning is told once of each host that belongs to another cluster
   */
  public SameCluster(Consumer<String> warning) {
    this.warning = warning;
  }

  /** Why nothing may be sent to this host, if it must not. */
  Optional<ClusterFailure> refusal(HostPort host, String id) {
    known.compareAndSet(null, id);
    String expected = known.get();
    if (id.equals(expected)) {
      return Optional.empty();
    }
    String sentence =
        host
            + ": it belongs to another cluster (id "
            + id
            + ") than the one we work on (id "
            + expected
            + "), so nothing is sent to it. Check the hosts of the connection URL, and where they"
            + " lead to.";
    if (told.add(host)) {
      warning.accept(sentence);
    }
    return Optional.of(new ClusterFailure(Kind.OTHER_CLUSTER, sentence, null, null));
  }
}
