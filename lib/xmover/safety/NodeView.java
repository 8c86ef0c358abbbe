package xmover.safety;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node of the cluster.
 *
 * @param version empty while it does not answer
 * @param disk empty while it does not answer
 * @param roles empty where CrateDB does not tell them, before 6.2
 */
public record NodeView(
    String name, String version, Optional<Disk> disk, Optional<Set<String>> roles) {
  /** Bytes of its file system, and how many of them are free for CrateDB. */
  public record Disk(long size, long available) {
    public Disk {
      if (size <= 0 || available < 0 || available > size) {
        throw new IllegalArgumentException("no disk: " + available + " of " + size);
      }
    }
  }

  /** How many of these nodes may hold data. */
  static long dataNodes(List<NodeView> nodes) {
    return nodes.stream().filter(NodeView::mayHoldData).count();
  }

  /** False when it surely holds no data: a node for the master's work alone. */
  boolean mayHoldData() {
    return roles.map(r -> r.contains("data")).orElse(true);
  }
}
