package cratesim.model;

import org.jspecify.annotations.Nullable;

/**
 * The operations a copy has: how far it has heard of them, the first one it misses, and those that
 * wait in its translog. Operations are forgotten once every copy has them and they are committed.
 */
public final class Operations {
  /** What an empty translog reports as uncommitted. */
  public static final long EMPTY_TRANSLOG = 55;

  /** Bytes of an operation, where nothing else is said. */
  public static final int BYTES = 482;

  private final SimCopy copy;
  private final SimShard shard;
  private long heard = -1;
  private long committed = -1;
  private @Nullable Long missing;
  private @Nullable Long known;
  private @Nullable Stuck stuck;
  private long translog = EMPTY_TRANSLOG;
  private long waiting;
  private long since;
  private long flushes;
  private long periodicFlushes;

  Operations(SimCopy copy) {
    this.copy = copy;
    this.shard = copy.shard();
  }

  /** Lets the last operations of the shard wait here, as a scenario finds them. */
  public void pileUp(long bytes, long operations, @Nullable Stuck kind, long now) {
    heard = shard.lastOperation();
    committed = Math.max(-1, maxSeqNo(now) - operations);
    missing = kind == Stuck.HOLE ? (Long) (committed + 1) : null;
    await(bytes, operations, kind, now);
    known = isNeverTold() ? (Long) committed : null;
  }

  private void await(long bytes, long operations, @Nullable Stuck kind, long now) {
    translog = bytes;
    waiting = operations;
    stuck = kind;
    since = now;
  }

  /**
   * A copy that was just built has all that its primary has. It has committed them, but must keep
   * what another copy misses, and knows no more than that one has until it is told.
   */
  void build(long now) {
    long reached = shard.globalCheckpoint(now);
    Operations source = shard.primary().operations();
    long bytes = source.uncommitted(now);
    long operations = source.uncommittedOperations(now);
    pileUp(EMPTY_TRANSLOG, 0, null, now);
    if (shard.primary().isActive() && reached < maxSeqNo(now)) {
      await(bytes, operations, null, now);
      known = copy.isPrimary() ? null : (Long) reached;
    }
    flushes = copy.isPrimary() ? 0 : 1;
    periodicFlushes = 0;
  }

  /** From the next operation on, what it has never heard of is missing. */
  void noticeGap(long now) {
    if (missing == null && heard < shard.lastOperation()) {
      missing = maxSeqNo(now) + 1;
    }
    heard = shard.lastOperation();
  }

  /** The newest operation of the shard has come. */
  void add(long bytes) {
    heard = shard.lastOperation();
    translog += bytes;
    waiting++;
    tell();
  }

  /** The others have sent what was missing. */
  void fillGap() {
    heard = shard.lastOperation();
    missing = null;
  }

  private void tell() {
    if (!isNeverTold()) {
      known = null;
    }
  }

  void flushOversized(long now) {
    if (uncommitted(now) > shard.partition().settings().flushThreshold()) {
      periodicFlushes++;
      flush(now);
    }
  }

  /** Commits; what another copy misses stays in the translog, and all of it after a hole. */
  public void flush(long now) {
    flushes++;
    tell();
    if (mayForget(now)) {
      await(EMPTY_TRANSLOG, 0, null, now);
    }
    if (missing == null) {
      committed = maxSeqNo(now);
    }
  }

  private boolean mayForget(long now) {
    return missing == null && !isNeverTold() && shard.globalCheckpoint(now) >= maxSeqNo(now);
  }

  /** With a single replica what lags is this copy's knowledge of the global checkpoint. */
  private boolean isNeverTold() {
    return stuck == Stuck.LAGGING && shard.copies().size() <= 2;
  }

  /** Bytes; a healthy copy commits at its flush threshold, another one does not. */
  public long uncommitted(long now) {
    long growth = shard.partition().growth() * Math.max(0, now - since) / 1000;
    long threshold = Math.max(1, shard.partition().settings().flushThreshold());
    return growth == 0 || stuck == Stuck.UNFLUSHED || !mayForget(now)
        ? translog + growth
        : EMPTY_TRANSLOG + (translog - EMPTY_TRANSLOG + growth) % threshold;
  }

  public long uncommittedOperations(long now) {
    return shard.partition().growth() == 0 ? waiting : (uncommitted(now) - EMPTY_TRANSLOG) / BYTES;
  }

  public long maxSeqNo(long now) {
    return heard + shard.grown(now);
  }

  /** A hole ends it; a primary counts what it refused only as it writes or flushes again. */
  public long localCheckpoint(long now) {
    return missing != null ? missing - 1 : Math.min(heard, shard.confirmed()) + shard.grown(now);
  }

  /** What this copy knows of the checkpoint that all copies have reached. */
  public long globalCheckpoint(long now) {
    long reached = shard.globalCheckpoint(now);
    boolean told = shard.partition().growth() > 0 && !isNeverTold();
    return known == null || told ? reached : Math.min(reached, known);
  }

  /** The last operation of the newest commit whose operations every copy has. */
  long safeCommit(long now) {
    long kept = maxSeqNo(now) - uncommittedOperations(now);
    return committed <= shard.globalCheckpoint(now) ? Math.max(kept, committed) : kept;
  }

  public long flushes() {
    return flushes;
  }

  public long periodicFlushes() {
    return periodicFlushes;
  }
}
