package xmover.table;

/**
 * Which table or partition it is, of which cluster, whatever the two are called by now.
 *
 * @param clusterId {@code sys.cluster.id}
 */
public record TableIdentity(String clusterId, IndexUuid uuid) {
  public TableIdentity {
    if (clusterId.isEmpty()) {
      throw new IllegalArgumentException("a cluster has an id");
    }
  }
}
