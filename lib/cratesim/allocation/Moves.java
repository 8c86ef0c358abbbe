package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.LeaseSync;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;

/**
 * Moves copies from node to node. The old copy serves until the new one is STARTED; one that can't
 * be built there stays where it is.
 */
public final class Moves {
  /** So long {@code sys.shards} shows the copy on neither of the two nodes. */
  private static final long HANDOVER_MILLIS = 100;

  private final ClusterModel cluster;
  private final Allocation allocation;
  private final LeaseSync leases;

  public Moves(ClusterModel cluster, Allocation allocation, LeaseSync leases) {
    this.cluster = cluster;
    this.allocation = allocation;
    this.leases = leases;
  }

  /** To any node that may take it, if there is one. */
  public void start(SimCopy copy, long millis) {
    allocation.free(copy).stream().findFirst().ifPresent(target -> start(copy, target, millis));
  }

  /** Does nothing to a copy that is not STARTED. */
  public void start(SimCopy copy, SimNode target, long millis) {
    if (copy.state() != SimCopy.State.STARTED) {
      return;
    }
    copy.relocate(target, cluster.now());
    copy.shard().addLease(target);
    long began = copy.since();
    cluster.timeline().after(Math.max(0, millis - HANDOVER_MILLIS), () -> handOver(copy, began));
    cluster.timeline().after(millis, () -> arrive(copy, began));
  }

  private void handOver(SimCopy copy, long began) {
    if (!isUnderWay(copy, began)) {
      return;
    }
    if (copy.canBeBuilt(cluster.now())) {
      copy.handOver();
    } else {
      copy.stay(cluster.now());
      leases.watch(copy.shard());
    }
  }

  private void arrive(SimCopy copy, long began) {
    if (isUnderWay(copy, began)) {
      copy.arrive(cluster.now());
      leases.watch(copy.shard());
    }
  }

  private static boolean isUnderWay(SimCopy copy, long began) {
    return copy.state() == SimCopy.State.RELOCATING && copy.since() == began;
  }
}
