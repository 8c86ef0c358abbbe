package xmover.gates.view;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import xmover.detect.CopyState;
import xmover.table.Bytes;

/**
 * Places the copies of a table on the disks of the data nodes as CrateDB's DiskThresholdDecider
 * allows it: below the low watermark before a copy comes, not above the high one after it.
 */
public final class DiskRoom {
  private final Map<String, NodeView.Disk> disks;
  private final Map<String, Long> free = new HashMap<>();
  private final Watermark low;
  private final Watermark high;

  /**
   * @param nodes every data node; each tells its disk
   * @param reserved bytes by node that look free and will be taken
   */
  public DiskRoom(List<NodeView> nodes, Watermarks watermarks, Map<String, Long> reserved) {
    this.disks =
        nodes.stream().collect(Collectors.toMap(NodeView::name, n -> n.disk().orElseThrow()));
    this.low = watermarks.low();
    this.high = watermarks.high();
    disks.forEach(
        (node, disk) -> free.put(node, disk.available() - reserved.getOrDefault(node, 0L)));
  }

  /**
   * What does not fit, once the replicas are dropped and built anew; empty when all fits that tells
   * its size.
   */
  public Optional<String> lacking(List<CopyState> copies) {
    copies.stream()
        .filter(copy -> !copy.primary())
        .forEach(
            copy ->
                copy.node().ifPresent(node -> give(node, copy.size().orElse(Bytes.ZERO).value())));
    return copies.stream().collect(Collectors.groupingBy(CopyState::id)).values().stream()
        .sorted(Comparator.comparing((List<CopyState> s) -> size(s).orElse(Bytes.ZERO)).reversed())
        .flatMap(shard -> size(shard).flatMap(size -> place(shard, size)).stream())
        .findFirst();
  }

  /** The node with the least room once everything is placed. */
  public String told() {
    return free.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .map(
            node ->
                "every copy fits below %s; least room then on %s: %s"
                    .formatted(high, node.getKey(), new Bytes(Math.max(0, node.getValue()))))
        .orElse("no copy to place");
  }

  /** The first shard of which nobody knows whether it fits. */
  public static Optional<String> untold(List<CopyState> copies) {
    return copies.stream()
        .map(CopyState::id)
        .sorted()
        .filter(shard -> CopyState.shardSize(copies, shard).isEmpty())
        .findFirst()
        .map("the size of shard %d is not told"::formatted);
  }

  private Optional<String> place(List<CopyState> shard, Bytes size) {
    Set<String> taken = new HashSet<>();
    shard.stream().filter(CopyState::primary).forEach(copy -> copy.node().ifPresent(taken::add));
    // A replica beyond the number of data nodes has no place whatever the disks hold.
    long replicas =
        Math.min(shard.stream().filter(copy -> !copy.primary()).count(), disks.size() - 1);
    for (long i = 0; i < replicas; i++) {
      Optional<String> node = roomiest(taken);
      if (node.isEmpty()) {
        return Optional.of("no node left for a copy of shard " + shard.get(0).id());
      }
      long missing = missing(node.get(), size.value());
      if (missing > 0) {
        return Optional.of(
            "a copy of shard %d (%s) would find no room: %s, the roomiest, lacks %s to the watermarks %s and %s"
                .formatted(shard.get(0).id(), size, node.get(), new Bytes(missing), low, high));
      }
      taken.add(node.get());
      give(node.get(), -size.value());
    }
    return Optional.empty();
  }

  /** The node that is best off with a copy; nodes have disks of different sizes. */
  private Optional<String> roomiest(Collection<String> taken) {
    return disks.keySet().stream()
        .filter(node -> !taken.contains(node))
        .min(
            Comparator.comparing((String node) -> missing(node, 0))
                .thenComparing(node -> -free.getOrDefault(node, 0L))
                .thenComparing(Comparator.naturalOrder()));
  }

  public long missing(String node, long size) {
    long disk = Objects.requireNonNull(disks.get(node)).size();
    long room = free.getOrDefault(node, 0L);
    return Math.max(low.missing(room, disk), high.missing(room - size, disk));
  }

  private void give(String node, long bytes) {
    // A node that holds a copy and is no data node any more takes none.
    free.computeIfPresent(node, (name, room) -> room + bytes);
  }

  private static Optional<Bytes> size(List<CopyState> shard) {
    return CopyState.shardSize(shard, shard.get(0).id());
  }
}
