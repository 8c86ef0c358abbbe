package xmover.sim;

import java.util.HashMap;
import java.util.Map;
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
  private final Map<String, Object> odd = new HashMap<>();
  private State state = State.UNASSIGNED;
  private boolean primary;
  private @Nullable Stuck stuck;
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

  /** Values that its row shows whatever is true, by their columns. */
  Map<String, Object> odd() {
    return odd;
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

  /** Where it is, or will be when it has moved; null while it has no place. */
  @Nullable SimNode destination() {
    return relocatingTo == null ? node() : relocatingTo;
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
    stuck = null;
    translog = EMPTY_TRANSLOG;
  }

  /** A copy as a scenario finds it. */
  void place(SimNode on, long uncommitted, @Nullable Stuck kind, long now) {
    initialize(on, now);
    start(now);
    pileUp(uncommitted, kind, now);
  }

  void pileUp(long uncommitted, @Nullable Stuck kind, long now) {
    since = now;
    translog = uncommitted;
    stuck = kind;
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

  /** Commits what is in the translog; a copy with a hole can't, nor one behind a lagging copy. */
  void flush(long now) {
    if (stuck != Stuck.HOLE && !isHeldByAnother()) {
      pileUp(EMPTY_TRANSLOG, null, now);
    }
  }

  /** With a single replica what lags is this copy's knowledge of the global checkpoint. */
  private boolean isHeldByAnother() {
    return stuck == Stuck.LAGGING
        && (shard.copies().size() <= 2
            || shard.copies().stream().anyMatch(other -> other.stuck == Stuck.HOLE));
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

  /** Bytes; a healthy copy commits at its flush threshold, a stuck one does not. */
  long uncommitted(long now) {
    long growth = shard.partition().growth() * Math.max(0, now - since) / 1000;
    long threshold = Math.max(1, shard.partition().settings().flushThreshold());
    return growth == 0 || stuck != null
        ? translog + growth
        : EMPTY_TRANSLOG + (translog - EMPTY_TRANSLOG + growth) % threshold;
  }

  long uncommittedOperations(long now) {
    return (uncommitted(now) - EMPTY_TRANSLOG) / OPERATION_BYTES;
  }

  /** A hole ends the checkpoint before the operations that wait in the translog. */
  long localCheckpoint(long now) {
    return stuck == Stuck.HOLE ? beforeTranslog(now) : shard.maxSeqNo();
  }

  /** What this copy knows of the checkpoint that all copies have reached. */
  long globalCheckpoint(long now) {
    long reached =
        shard.copies().stream()
            .filter(SimCopy::isActive)
            .mapToLong(copy -> copy.localCheckpoint(now))
            .min()
            .orElse(-1);
    return isHeldByAnother() ? Math.min(reached, beforeTranslog(now)) : reached;
  }

  private long beforeTranslog(long now) {
    return Math.max(-1, shard.maxSeqNo() - uncommittedOperations(now));
  }
}
