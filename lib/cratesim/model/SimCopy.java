package cratesim.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One copy of a shard: the primary or a replica, with its translog. */
public final class SimCopy {
  public enum State {
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

  public SimCopy(SimShard shard, boolean primary) {
    this.shard = shard;
    this.primary = primary;
    this.operations = new Operations(this);
  }

  public Operations operations() {
    return operations;
  }

  /** Values that its row shows whatever is true, by their columns. */
  public Map<String, Object> odd() {
    return odd;
  }

  public SimShard shard() {
    return shard;
  }

  public State state() {
    return state;
  }

  public boolean isPrimary() {
    return primary;
  }

  void promote() {
    primary = true;
  }

  void demote() {
    primary = false;
  }

  public @Nullable SimNode node() {
    return state == State.UNASSIGNED ? null : node;
  }

  /** Where it is, or where it was before its node left. */
  public @Nullable SimNode home() {
    return node;
  }

  public @Nullable SimNode relocatingTo() {
    return relocatingTo;
  }

  /** Where it is, or will be when it has moved; null while it has no place. */
  public @Nullable SimNode destination() {
    return relocatingTo == null ? node() : relocatingTo;
  }

  /** True when the copy can be searched and its statistics exist. */
  public boolean isActive() {
    return state == State.STARTED || state == State.RELOCATING;
  }

  /** True when it was built from another copy and not from what lay on its own disk. */
  public boolean isFromPeer() {
    return fromPeer;
  }

  /** When it entered its state, milliseconds since 1970. */
  public long since() {
    return since;
  }

  /** Begins to be built on a node, which takes until then if all goes well. */
  public void initialize(SimNode on, long now, long done) {
    fromPeer = !primary;
    replaying = fromPeer && on == files;
    node = on;
    until = done;
    enter(State.INITIALIZING, now);
  }

  /** Where it was before, with its files: there it needs only the operations it misses. */
  public @Nullable SimNode files() {
    return files;
  }

  /** True when it was built by replaying operations over what it had. */
  public boolean isReplaying() {
    return replaying;
  }

  /** What part of it is there, from 0 to 1, while it is built. */
  public double progress(long now) {
    return isActive() ? 1 : Math.max(0, Math.min(1, (now - since) / (double) (until - since)));
  }

  /** False when an operation that has to be replayed makes it fail. */
  public boolean canBeBuilt(long now) {
    long has =
        replaying && state == State.INITIALIZING
            ? operations.localCheckpoint(now)
            : shard.primary().operations().safeCommit(now);
    return primary || !shard.isUnreplayableAfter(has);
  }

  /** A copy that has just been built has no hole. */
  public void start(long now) {
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
  public long documents() {
    return documents;
  }

  /** Could not be built; what it had is of no use any more, the next attempt copies files. */
  public void fail(long now) {
    failures++;
    files = null;
    enter(State.UNASSIGNED, now);
  }

  /** It is not built any more, because it failed too often. */
  public boolean hasFailed() {
    return failures >= ATTEMPTS;
  }

  /** As if it had failed too often. */
  public void giveUp(long now) {
    unassign(now);
    failures = ATTEMPTS;
  }

  public void retry() {
    failures = 0;
  }

  /** A copy as a scenario finds it. */
  public void place(SimNode on, long now) {
    initialize(on, now, now);
    start(now);
  }

  public void relocate(SimNode target, long now) {
    relocatingTo = target;
    enter(State.RELOCATING, now);
  }

  /** For a moment {@code sys.shards} shows it neither here nor there. */
  public void handOver() {
    handingOver = true;
  }

  public boolean isHandingOver() {
    return handingOver;
  }

  public void arrive(long now) {
    refresh();
    operations.build(now);
    node = Objects.requireNonNull(relocatingTo, "relocatingTo");
    fromPeer = true;
    replaying = false;
    settle(State.STARTED, now);
  }

  /** Does not move after all. */
  public void stay(long now) {
    settle(State.STARTED, now);
  }

  public void unassign(long now) {
    files = isActive() ? node : files;
    settle(State.UNASSIGNED, now);
  }

  private void settle(State next, long now) {
    relocatingTo = null;
    handingOver = false;
    enter(next, now);
  }

  /** To be called when it is dropped: nobody will see it again. */
  public void vacate() {
    occupy(null);
  }

  /** True while it finds no place for reasons of its own. */
  public boolean isHeldBack() {
    return heldBack;
  }

  public void holdBack(boolean hold) {
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
