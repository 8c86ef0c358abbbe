package xmover.gates.view;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import xmover.detect.allocation.ClusterNode;
import xmover.reset.NodeReading;
import xmover.table.Bytes;

/**
 * A node of the cluster.
 *
 * @param disk empty while it does not answer, or tells figures that are none
 * @param roles empty where CrateDB does not tell them, before 6.2
 */
public record NodeView(ClusterNode node, Optional<Disk> disk, Optional<Set<String>> roles) {
  /** Bytes of its file system, and how many of them are free for CrateDB. */
  public record Disk(long size, long available) {
    public Disk {
      if (size <= 0 || available < 0 || available > size) {
        throw new IllegalArgumentException("no disk: " + available + " of " + size);
      }
    }

    NodeReading.Disk told(Optional<Watermarks> limits) {
      return new NodeReading.Disk(
          new Bytes(size),
          new Bytes(size - available),
          limits.map(all -> usable(all.low())),
          limits.map(all -> usable(all.high())));
    }

    private Bytes usable(Watermark limit) {
      return new Bytes(Math.max(0, size - limit.missing(0, size)));
    }

    /** What a node tells: some containers and a node that just started tell -1 or 0. */
    static Optional<Disk> of(Optional<Bytes> size, Optional<Bytes> available) {
      long all = size.map(Bytes::value).orElse(0L);
      return available
          .filter(free -> all > 0 && free.value() <= all)
          .map(free -> new Disk(all, free.value()));
    }
  }

  public String name() {
    return node.name();
  }

  /** For those who watch the run. */
  NodeReading told(Optional<Watermarks> limits) {
    return new NodeReading(name(), disk.map(known -> known.told(limits)));
  }

  /** Empty while it does not answer. */
  public String version() {
    return node.version();
  }

  /** How many of these nodes may hold data. */
  public static long dataNodes(List<NodeView> nodes) {
    return nodes.stream().filter(NodeView::mayHoldData).count();
  }

  /** False when it surely holds no data: a node for the master's work alone. */
  boolean mayHoldData() {
    return roles.map(r -> r.contains("data")).orElse(true);
  }
}
