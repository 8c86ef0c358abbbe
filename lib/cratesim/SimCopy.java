package cratesim;

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

  /** After so many attempts nobody tries to build it until somebody says so. */
  private static final int ATTEMPTS = 5;

  private final SimShard shard;
  private final Operations operations;
  private final Map<String, Object> odd = new HashMap<>();
  private State state = State.UNASSIGNED;
  private boolean primary;
  private boolean fromPeer;
  private boolean handingOver;
  private @Nullable SimNode node;
  private @Nullable SimNode relocatingTo;
  private @Nullable SimNode occupied;
  private @Nullable SimNode files;
  private boolean replaying;
  private int failures;
  private boolean heldBack;
  private long since;
  private long until;
  private long documents;

  SimCopy(SimShard shard, boolean primary) {
    this.shard = shard;
    this.primary = primary;
    this.operations = new Operations(this);
  }

  Operations operations() {
    return operations;
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

  /** Begins to be built on a node, which takes until then if all goes well. */
  void initialize(SimNode on, long now, long done) {
    fromPeer = !primary;
    replaying = fromPeer && on == files;
    node = on;
    until = done;
    enter(State.INITIALIZING, now);
  }

  /** Where it was before, with its files: there it needs only the operations it misses. */
  @Nullable SimNode files() {
    return files;
  }

  /** True when it was built by replaying operations over what it had. */
  boolean isReplaying() {
    return replaying;
  }

  /** What part of it is there, from 0 to 1, while it is built. */
  double progress(long now) {
    return isActive() ? 1 : Math.max(0, Math.min(1, (now - since) / (double) (until - since)));
  }

  /** False when an operation that has to be replayed makes it fail. */
  boolean canBeBuilt(long now) {
    long has =
        replaying && state == State.INITIALIZING
            ? operations.localCheckpoint(now)
            : shard.primary().operations().safeCommit(now);
    return primary || !shard.isUnreplayableAfter(has);
  }

  /** A copy that has just been built has no hole. */
  void start(long now) {
    refresh();
    operations.build(now);
    failures = 0;
    enter(State.STARTED, now);
  }

  /** Shows all documents it has. */
  void refresh() {
    documents = shard.documents();
  }

  /** How many it had at its last refresh. */
  long documents() {
    return documents;
  }

  /** Could not be built; what it had is of no use any more, the next attempt copies files. */
  void fail(long now) {
    failures++;
    files = null;
    enter(State.UNASSIGNED, now);
  }

  /** It is not built any more, because it failed too often. */
  boolean hasFailed() {
    return failures >= ATTEMPTS;
  }

  /** As if it had failed too often. */
  void giveUp(long now) {
    unassign(now);
    failures = ATTEMPTS;
  }

  void retry() {
    failures = 0;
  }

  /** A copy as a scenario finds it. */
  void place(SimNode on, long now) {
    initialize(on, now, now);
    start(now);
  }

  void relocate(SimNode target, long now) {
    relocatingTo = target;
    enter(State.RELOCATING, now);
  }

  /** For a moment {@code sys.shards} shows it neither here nor there. */
  void handOver() {
    handingOver = true;
  }

  boolean isHandingOver() {
    return handingOver;
  }

  void arrive(long now) {
    refresh();
    operations.build(now);
    node = Objects.requireNonNull(relocatingTo, "relocatingTo");
    fromPeer = true;
    replaying = false;
    settle(State.STARTED, now);
  }

  /** Does not move after all. */
  void stay(long now) {
    settle(State.STARTED, now);
  }

  void unassign(long now) {
    files = isActive() ? node : files;
    settle(State.UNASSIGNED, now);
  }

  private void settle(State next, long now) {
    relocatingTo = null;
    handingOver = false;
    enter(next, now);
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
}
