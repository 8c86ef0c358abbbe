package xmover.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One shard: its copies, and the retention leases its primary keeps for them. */
final class SimShard {
  private final SimPartition partition;
  private final int id;
  private final long size;
  private final long documents;
  private final int syncPhase;
  private final List<SimCopy> copies = new ArrayList<>(2);
  private final List<SimNode> leases = new ArrayList<>(2);
  private @Nullable StuckReplica stuckReplica;
  private boolean syncPlanned;

  /**
   * @param syncPhase when within the lease sync interval this shard ticks, in milliseconds
   */
  SimShard(SimPartition partition, int id, long size, long documents, int syncPhase) {
    this.partition = partition;
    this.id = id;
    this.size = size;
    this.documents = documents;
    this.syncPhase = syncPhase;
  }

  SimPartition partition() {
    return partition;
  }

  int id() {
    return id;
  }

  long size() {
    return size;
  }

  long documents() {
    return documents;
  }

  int syncPhase() {
    return syncPhase;
  }

  /** The primary comes first. */
  List<SimCopy> copies() {
    return copies;
  }

  SimCopy primary() {
    return copies.get(0);
  }

  /** What ails its first replica, null when nothing does. */
  @Nullable StuckReplica stuckReplica() {
    return stuckReplica;
  }

  void setStuckReplica(StuckReplica stuck) {
    stuckReplica = stuck;
  }

  /** The nodes whose copies hold a peer recovery lease. */
  List<SimNode> leases() {
    return leases;
  }

  void addLease(SimNode node) {
    if (!leases.contains(node)) {
      leases.add(node);
    }
  }

  /** True while a lease belongs to a node without a copy. */
  boolean hasStaleLeases() {
    return leases.stream().anyMatch(node -> !hasCopyOn(node));
  }

  boolean hasCopyOn(SimNode node) {
    return copies.stream().anyMatch(c -> node == c.node() || node == c.relocatingTo());
  }

  /** Leases of dropped copies expire only while every copy is STARTED. */
  boolean syncLeases() {
    if (!copies.stream().allMatch(c -> c.state() == SimCopy.State.STARTED)) {
      return false;
    }
    leases.removeIf(node -> !hasCopyOn(node));
    return true;
  }

  boolean isSyncPlanned() {
    return syncPlanned;
  }

  void setSyncPlanned(boolean planned) {
    syncPlanned = planned;
  }

  /** All operations ever, minus one: −1 for a shard that was never written. */
  long maxSeqNo() {
    return documents - 1;
  }
}
