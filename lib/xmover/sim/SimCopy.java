package xmover.sim;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One copy of a shard: the primary or a replica, with its translog. */
final class SimCopy {
  enum State {
    UNASSIGNED,
    INITIALIZING,
    STARTED,
    RELOCATING
  }

  /** What an empty translog reports as uncommitted. */
  static final long EMPTY_TRANSLOG = 55;

  private static final int OPERATION_BYTES = 482;

  private final SimShard shard;
  private State state = State.UNASSIGNED;
  private boolean primary;
  private boolean stuck;
  private boolean fromPeer;
  private @Nullable SimNode node;
  private @Nullable SimNode relocatingTo;
  private @Nullable SimNode occupied;
  private boolean heldBack;
  private long since;
  private long translog;

  SimCopy(SimShard shard, boolean primary) {
    this.shard = shard;
    this.primary = primary;
  }

  SimShard shard() {
    return shard;
  }

  State state() {
    return state;
  }

  boolean isPrimary() {
    return primary;
  }

  void promote() {
    primary = true;
  }

  void demote() {
    primary = false;
  }

  @Nullable SimNode node() {
    return state == State.UNASSIGNED ? null : node;
  }

  /** Where it is, or where it was before its node left. */
  @Nullable SimNode home() {
    return node;
  }

  @Nullable SimNode relocatingTo() {
    return relocatingTo;
  }

  /** True when the copy can be searched and its statistics exist. */
  boolean isActive() {
    return state == State.STARTED || state == State.RELOCATING;
  }

  /** True when it was built from another copy and not from what lay on its own disk. */
  boolean isFromPeer() {
    return fromPeer;
  }

  /** When it entered its state, milliseconds since 1970. */
  long since() {
    return since;
  }

  void initialize(SimNode on, long now) {
    fromPeer = !primary;
    node = on;
    enter(State.INITIALIZING, now);
  }

  /** A copy that has just been built has an empty translog and no hole in it. */
  void start(long now) {
    enter(State.STARTED, now);
    stuck = false;
    translog = EMPTY_TRANSLOG;
  }

  /** A copy as a scenario finds it. */
  void place(SimNode on, long uncommitted, boolean hole, long now) {
    initialize(on, now);
    start(now);
    translog = uncommitted;
    stuck = hole;
  }

  void relocate(SimNode target, long now) {
    translog = uncommitted(now);
    relocatingTo = target;
    enter(State.RELOCATING, now);
  }

  void arrive(long now) {
    node = Objects.requireNonNull(relocatingTo, "relocatingTo");
    relocatingTo = null;
    start(now);
  }

  void unassign(long now) {
    relocatingTo = null;
    enter(State.UNASSIGNED, now);
  }

  /** Commits what is in the translog; a copy with a hole can't. */
  void flush(long now) {
    if (!stuck) {
      since = now;
      translog = EMPTY_TRANSLOG;
    }
  }

  /** To be called when it is dropped: nobody will see it again. */
  void vacate() {
    occupy(null);
  }

  /** True while it finds no place for reasons of its own. */
  boolean isHeldBack() {
    return heldBack;
  }

  void holdBack(boolean hold) {
    heldBack = hold;
  }

  private void enter(State next, long now) {
    state = next;
    since = now;
    occupy(node());
  }

  /** Its bytes lie on one disk at a time. */
  private void occupy(@Nullable SimNode where) {
    if (occupied != where) {
      if (occupied != null) {
        occupied.countBytes(-shard.size());
      }
      if (where != null) {
        where.countBytes(shard.size());
      }
      occupied = where;
    }
  }

  /** True when an operation is missing in this copy, so that it can't commit. */
  boolean isStuck() {
    return stuck;
  }

  /** Bytes; a copy without a hole commits at its flush threshold, one with a hole never. */
  long uncommitted(long now) {
    long growth = shard.partition().growth() * Math.max(0, now - since) / 1000;
    long threshold = Math.max(1, shard.partition().settings().flushThreshold());
    return growth == 0 || stuck
        ? translog + growth
        : EMPTY_TRANSLOG + (translog - EMPTY_TRANSLOG + growth) % threshold;
  }

  long uncommittedOperations(long now) {
    return (uncommitted(now) - EMPTY_TRANSLOG) / OPERATION_BYTES;
  }

  /** A hole ends the checkpoint before the operations that wait in the translog. */
  long localCheckpoint(long now) {
    long max = shard.maxSeqNo();
    return stuck ? Math.max(-1, max - uncommittedOperations(now)) : max;
  }
}
