package cratesim.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One shard: its copies, and the retention leases its primary keeps for them. */
public final class SimShard {
  /** An operation that does nothing, and says why. */
  private static final long NOTHING_BYTES = 526;

  /** A table that nobody has read for so long does not refresh itself. */
  private static final long SEARCH_IDLE_MILLIS = 30_000;

  private final SimPartition partition;
  private final int id;
  private final long size;
  private final long born;
  private long documents;
  private long lastOperation;
  private long confirmed;
  private @Nullable Long unreplayable;
  private final int syncPhase;
  private final List<SimCopy> copies = new ArrayList<>(2);
  private final List<SimNode> leases = new ArrayList<>(2);
  private @Nullable StuckReplica stuckReplica;
  private boolean syncPlanned;
  private boolean leasesKept;

  /**
   * @param syncPhase when within the lease sync interval this shard ticks, in milliseconds
   * @param born when its operations begin to grow, milliseconds since 1970
   */
  public SimShard(
      SimPartition partition, int id, long size, long documents, int syncPhase, long born) {
    this.partition = partition;
    this.id = id;
    this.size = size;
    this.documents = documents;
    this.lastOperation = documents - 1;
    this.confirmed = documents - 1;
    this.syncPhase = syncPhase;
    this.born = born;
  }

  public SimPartition partition() {
    return partition;
  }

  public int id() {
    return id;
  }

  public long size() {
    return size;
  }

  long documents() {
    return documents;
  }

  public int syncPhase() {
    return syncPhase;
  }

  /** The primary comes first. */
  public List<SimCopy> copies() {
    return copies;
  }

  public SimCopy primary() {
    return copies.get(0);
  }

  /** What ails its first replica, null when nothing does. */
  public @Nullable StuckReplica stuckReplica() {
    return stuckReplica;
  }

  public void setStuckReplica(StuckReplica stuck) {
    stuckReplica = stuck;
  }

  /** The nodes whose copies hold a peer recovery lease. */
  public List<SimNode> leases() {
    return leases;
  }

  public void addLease(SimNode node) {
    if (!leases.contains(node)) {
      leases.add(node);
    }
  }

  /** True while a lease belongs to a node without a copy. */
  boolean hasStaleLeases() {
    return leases.stream().anyMatch(node -> !hasCopyOn(node));
  }

  public boolean hasCopyOn(SimNode node) {
    return copies.stream().anyMatch(c -> node == c.node() || node == c.relocatingTo());
  }

  /** Leases of dropped copies expire only while every copy is STARTED. */
  public boolean syncLeases() {
    if (leasesKept || !copies.stream().allMatch(c -> c.state() == SimCopy.State.STARTED)) {
      return false;
    }
    leases.removeIf(node -> !hasCopyOn(node));
    return true;
  }

  /** Whether leases stay whatever is synced. */
  public void keepLeases(boolean kept) {
    leasesKept = kept;
  }

  boolean isSyncPlanned() {
    return syncPlanned;
  }

  void setSyncPlanned(boolean planned) {
    syncPlanned = planned;
  }

  /** The number of the last operation, apart from those of steady growth; −1 before the first. */
  long lastOperation() {
    return lastOperation;
  }

  /** The last operation that the primary confirmed. */
  long confirmed() {
    return confirmed;
  }

  /** Operations that came by steady growth. */
  long grown(long now) {
    return partition.growth() * Math.max(0, now - born) / 1000 / Operations.BYTES;
  }

  /** The last operation of which every copy has all before it. */
  public long globalCheckpoint(long now) {
    long reached = Long.MAX_VALUE;
    for (SimCopy copy : copies) {
      if (copy.isActive()) {
        reached = Math.min(reached, copy.operations().localCheckpoint(now));
      }
    }
    return reached == Long.MAX_VALUE ? -1 : reached;
  }

  /** It had at least so many operations, whatever became of its documents. */
  public void countOperations(long least) {
    lastOperation = Math.max(lastOperation, least - 1);
    confirm();
  }

  /** Every copy that is there gets an operation, which adds or removes so many documents. */
  public void write(long bytes, int more, long now) {
    noticeGaps(now);
    lastOperation++;
    documents += more;
    confirm();
    active().forEach(copy -> copy.operations().add(bytes));
    active().forEach(copy -> copy.operations().flushOversized(now));
    if (now - Math.max(born, partition.table().searched()) < SEARCH_IDLE_MILLIS) {
      active().forEach(SimCopy::refresh);
    }
  }

  /** The primary counts an operation that does nothing; the others never hear of it. */
  public void refuse(long now) {
    lastOperation++;
    primary().operations().add(NOTHING_BYTES);
    if (partition.growth() > 0) {
      noticeGaps(now);
      confirm();
    }
  }

  private void noticeGaps(long now) {
    active().forEach(copy -> copy.operations().noticeGap(now));
  }

  private List<SimCopy> active() {
    return copies.stream().filter(SimCopy::isActive).toList();
  }

  private void confirm() {
    confirmed = lastOperation;
  }

  /** Commits every copy that is STARTED. */
  public void flush(long now) {
    confirm();
    for (SimCopy copy : copies) {
      if (copy.state() == SimCopy.State.STARTED) {
        copy.operations().flush(now);
        copy.refresh();
      }
    }
  }

  /** A replica goes on as the primary; what it misses is gone, and the others get the rest. */
  public void promoteAnother() {
    copies.stream().filter(SimCopy::isActive).findFirst().ifPresent(this::promote);
  }

  private void promote(SimCopy heir) {
    primary().demote();
    heir.promote();
    copies.remove(heir);
    copies.add(0, heir);
    confirm();
    active().forEach(copy -> copy.operations().fillGap());
  }

  /** The last operation can't be replayed by any other copy. */
  public void endWithUnreplayable() {
    unreplayable = lastOperation;
  }

  /** Whether a copy can't be built that has all operations up to this one and replays the rest. */
  boolean isUnreplayableAfter(long operation) {
    return unreplayable != null && unreplayable > operation;
  }
}
