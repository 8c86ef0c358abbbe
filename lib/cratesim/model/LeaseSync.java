package cratesim.model;

/**
 * The background sync of retention leases: each shard ticks at its own phase of the interval, and
 * drops leases of vanished copies when all its copies are STARTED, else tries at the next tick. A
 * tick that synced also commits translogs over their threshold.
 */
public final class LeaseSync {
  private final Timeline timeline;
  private final long intervalMillis;

  public LeaseSync(Timeline timeline, long intervalMillis) {
    this.timeline = timeline;
    this.intervalMillis = intervalMillis;
  }

  /** To be told of every shard that lost a copy; without stale leases nothing is planned. */
  public void watch(SimShard shard) {
    if (shard.isSyncPlanned() || !shard.hasStaleLeases()) {
      return;
    }
    shard.setSyncPlanned(true);
    long sincePhase = Math.floorMod(timeline.now() - shard.syncPhase(), intervalMillis);
    timeline.after(
        intervalMillis - sincePhase,
        () -> {
          shard.setSyncPlanned(false);
          // Nothing ticks while the table is closed.
          if (!shard.partition().isClosed() && shard.syncLeases()) {
            commitOversized(shard);
          }
          watch(shard);
        });
  }

  private void commitOversized(SimShard shard) {
    long threshold = shard.partition().settings().flushThreshold();
    for (SimCopy copy : shard.copies()) {
      if (copy.operations().uncommitted(timeline.now()) > threshold) {
        copy.operations().flush(timeline.now());
      }
    }
  }
}
