package xmover.remedy;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.cluster.sql.Sql;
import xmover.detect.CopyState;
import xmover.detect.Holes;
import xmover.remedy.CopyWait.Arrival;
import xmover.reset.CopyStep;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Remedy;
import xmover.table.TableRef;

/**
 * Heals one copy by the gentlest of some remedies that fits and is permitted. Its sequence numbers
 * are read again right before each statement: CrateDB moves copies by itself, and one that it moved
 * is healed.
 */
final class SickCopy {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** How often a primary is looked at that is behind itself for a moment. */
  private static final int PATIENCE = 5;

  /** Looks in a row that see the copy where it was, until a move counts as given up. */
  private static final int STAYED = 3;

  private final TableRef table;
  private CopyState copy;
  private final Permit permit;
  private final RemedyContext context;
  private final CopySteps steps;

  /**
   * How it ended.
   *
   * @param remedy what healed it; NONE when it needed nothing any more
   * @param told what was done, or why nothing helped
   * @param unread whether it is unknown what would help, as something could not be read
   */
  record Outcome(boolean healed, Remedy remedy, String told, boolean unread) {
    private static Outcome by(Remedy remedy, String told) {
      return new Outcome(true, remedy, told, false);
    }

    private static Outcome byItself() {
      return new Outcome(true, Remedy.NONE, "", false);
    }

    private static Outcome failed(String why) {
      return new Outcome(false, Remedy.NONE, why, false);
    }

    private static Outcome unread(String why) {
      return new Outcome(false, Remedy.NONE, why, true);
    }
  }

  SickCopy(TableRef table, CopyState copy, Permit permit, RemedyContext context, CopySteps steps) {
    this.table = table;
    this.copy = copy;
    this.permit = permit;
    this.context = context;
    this.steps = steps;
  }

  /** Tries these in turn; never fails. */
  Future<Outcome> heal(List<Remedy> remedies) {
    return heal(remedies.iterator(), new ArrayList<>());
  }

  private String node() {
    return copy.node().orElseThrow();
  }

  /** What can't be read ends it: the next remedy may be too strong for what is there. */
  private Future<Outcome> heal(Iterator<Remedy> left, List<String> tried) {
    if (!left.hasNext() || steps.isStopped()) {
      String why = steps.isStopped() ? "stopped" : String.join("; ", tried);
      return Future.succeededFuture(Outcome.failed(told(why)));
    }
    Remedy remedy = left.next();
    return permit
        .ask(remedy)
        .compose(
            refusal ->
                refusal
                    .map(why -> Future.succeededFuture(refused(why)))
                    .orElseGet(() -> whenReady(remedy, PATIENCE)))
        .otherwise(failure -> Outcome.unread(ClusterFailure.sentence(failure)))
        .compose(
            outcome -> {
              if (outcome.healed()) {
                return Future.succeededFuture(outcome);
              }
              tried.add(remedy.word() + ": " + outcome.told());
              return outcome.unread()
                  ? Future.succeededFuture(Outcome.unread(told(String.join("; ", tried))))
                  : heal(left, tried);
            });
  }

  private Outcome refused(String why) {
    return permit.isUnread() ? Outcome.unread(why) : Outcome.failed(why);
  }

  private String told(String why) {
    return copy.place() + ": " + (why.isEmpty() ? "no remedy is allowed that helps" : why);
  }

  /** A primary that is behind itself for a moment is waited for. */
  private Future<Outcome> whenReady(Remedy remedy, int patience) {
    return steps
        .copies()
        .compose(
            now -> {
              Optional<Outcome> settled = settled(now);
              if (settled.isPresent()) {
                return Future.succeededFuture(settled.get());
              }
              if (Holes.hasCompletePrimary(copy.id(), now)) {
                return remedy == Remedy.MOVE ? move(now) : rebuild(remedy, now);
              }
              return later(patience, now, () -> whenReady(remedy, patience - 1));
            });
  }

  /** Why nothing is to be done for it now; empty when it is at rest and misses an operation. */
  private Optional<Outcome> settled(List<CopyState> now) {
    Optional<CopyState> there = Holes.on(node(), copy.id(), now);
    if (there.isEmpty()) {
      // Another one is there in its place, which was built anew, or nobody knows.
      List<CopyState> shard = Holes.ofShard(copy.id(), now);
      boolean seen =
          shard.stream().anyMatch(one -> !one.primary())
              && shard.stream().allMatch(one -> one.isAtRest() && one.checkpoints().isPresent());
      return Optional.of(
          seen
              ? Outcome.byItself()
              : Outcome.unread(
                  "it is not seen there any more, and not every copy of its shard is"));
    }
    CopyState seen = there.get();
    if (!seen.isAtRest()) {
      return Optional.of(Outcome.failed("it is moved or built already"));
    }
    if (seen.checkpoints().isEmpty()) {
      return Optional.of(Outcome.unread("it does not say whether it misses an operation"));
    }
    return Holes.isSick(seen) ? Optional.empty() : Optional.of(Outcome.byItself());
  }

  /** A primary that is written to is behind itself for moments, and not for ever. */
  private Future<Outcome> later(
      int patience, List<CopyState> now, Supplier<Future<Outcome>> again) {
    return patience == 0
        ? Future.succeededFuture(unready(now))
        : context.timers().after(BETWEEN_LOOKS).compose(waited -> again.get());
  }

  /** A primary that is seen and can't be built from is known; one that does not say is not. */
  private Outcome unready(List<CopyState> now) {
    boolean seen =
        Holes.ofShard(copy.id(), now).stream()
            .anyMatch(c -> c.primary() && (!c.isAtRest() || c.checkpoints().isPresent()));
    return seen
        ? Outcome.failed("its primary is not STARTED and complete")
        : Outcome.unread("its primary does not say whether it is STARTED and complete");
  }

  private Future<Outcome> move(List<CopyState> now) {
    return context
        .targets()
        .choose(table, now, copy.id(), node())
        .compose(
            choice ->
                choice
                    .node()
                    .map(to -> move(to, choice.recoveries(), now))
                    .orElseGet(
                        () ->
                            Future.succeededFuture(
                                choice.known()
                                    ? Outcome.failed("no node may take it: " + choice.reason())
                                    : Outcome.unread(choice.reason()))));
  }

  private Future<Outcome> move(String to, long recoveries, List<CopyState> now) {
    List<String> nodes = List.of(node(), to);
    Future<Void> slot = context.slots().take(nodes, recoveries);
    Future<List<CopyState>> fresh =
        slot.isComplete() ? Future.succeededFuture(now) : slot.compose(free -> steps.copies());
    return fresh
        .compose(
            seen -> settled(seen).map(Future::succeededFuture).orElseGet(() -> moveNow(to, seen)))
        .onComplete(over -> context.slots().giveBack(nodes));
  }

  private Future<Outcome> moveNow(String to, List<CopyState> now) {
    if (!Holes.hasCompletePrimary(copy.id(), now)) {
      return Future.succeededFuture(unready(now));
    }
    var move = new Move(to);
    String told =
        "%s moved to %s%s"
            .formatted(copy.place(), to, copy.size().map(s -> " (" + s + ")").orElse(""));
    return send(to, now)
        .compose(
            refusal ->
                refusal.isPresent() ? Future.succeededFuture(refusal) : steps.await(move::judge))
        .map(
            trouble -> {
              move.arrived.ifPresent(there -> copy = there);
              return move.isPromoted ? Outcome.byItself() : outcome(Remedy.MOVE, told, trouble);
            });
  }

  private Future<Optional<String>> send(String to, List<CopyState> now) {
    if (steps.isStopped()) {
      return Future.succeededFuture(Optional.of("stopped"));
    }
    steps.decided(step(Remedy.MOVE, Optional.of(to), started(now), now));
    return steps.send(Remedy.MOVE, Sql.moveShard(table, copy.id(), node(), to));
  }

  private CopyStep step(Remedy remedy, Optional<String> to, long left, List<CopyState> now) {
    return new CopyStep(remedy, copy.id(), node(), to, CopyState.shardSize(now, copy.id()), left);
  }

  private long started(List<CopyState> now) {
    return ShardCopies.of(copy.id(), now).started();
  }

  private static Outcome outcome(Remedy remedy, String told, Optional<String> trouble) {
    return trouble.map(Outcome::failed).orElseGet(() -> Outcome.by(remedy, told));
  }

  /** A move under way. CrateDB shows no row of the target before the copy is there. */
  private final class Move {
    private final String to;
    private final Settling settling = new Settling();
    private int stayed;

    /** Whether its primary died: then it is the primary, and CrateDB filled its gap. */
    private boolean isPromoted;

    /** The copy on its new node, as it was seen last. */
    private Optional<CopyState> arrived = Optional.empty();

    Move(String to) {
      this.to = to;
    }

    Future<Arrival> judge(List<CopyState> now) {
      Optional<CopyState> there = Holes.on(to, copy.id(), now);
      arrived = there.filter(CopyState::isAtRest);
      if (arrived.isPresent()) {
        return Future.succeededFuture(
            settling.judge(arrived.stream().filter(one -> !one.isComplete()).toList()));
      }
      // At the handover there is a moment in which neither is seen.
      Optional<CopyState> here = Holes.on(node(), copy.id(), now).filter(CopyState::isAtRest);
      isPromoted = here.filter(CopyState::primary).isPresent();
      stayed = here.isPresent() && there.isEmpty() ? stayed + 1 : 0;
      return Future.succeededFuture(
          stayed < STAYED
              ? Arrival.NOT_YET
              : Arrival.never("CrateDB gave the move up, the copy stays where it was"));
    }
  }

  /** A flush first: it is what makes operations harmless that no copy can replay. */
  private Future<Outcome> rebuild(Remedy remedy, List<CopyState> now) {
    return unfit(remedy, now)
        .map(why -> Future.succeededFuture(Outcome.failed(why)))
        .orElseGet(
            () ->
                steps
                    .send(Remedy.FLUSH, Sql.flush(table))
                    .compose(
                        refusal ->
                            refusal.isPresent()
                                ? Future.succeededFuture(Outcome.failed(refusal.get()))
                                : steps.copies().compose(again -> drop(remedy, again, PATIENCE))));
  }

  /** The flush may have taken long: a copy is dropped only while the others are there. */
  private Future<Outcome> drop(Remedy remedy, List<CopyState> now, int patience) {
    Optional<Outcome> settled = settled(now);
    if (settled.isPresent()) {
      return Future.succeededFuture(settled.get());
    }
    Optional<String> unfit = unfit(remedy, now);
    if (unfit.isEmpty() && !steps.isStopped() && !Holes.hasCompletePrimary(copy.id(), now)) {
      return later(patience, now, () -> steps.copies().compose(n -> drop(remedy, n, patience - 1)));
    }
    if (unfit.isPresent() || steps.isStopped()) {
      return Future.succeededFuture(Outcome.failed(unfit.orElse("stopped")));
    }
    steps.decided(step(remedy, Optional.empty(), others(now), now));
    return steps
        .rebuild(remedy, copy, ShardCopies.of(copy.id(), now))
        .map(trouble -> outcome(remedy, copy.place() + " rebuilt", trouble));
  }

  private Optional<String> unfit(Remedy remedy, List<CopyState> now) {
    long others = others(now);
    boolean fits = remedy == Remedy.REBUILD ? others >= 2 : others == 1;
    return fits
        ? Optional.empty()
        : Optional.of("%d other copies of the shard are STARTED".formatted(others));
  }

  private long others(List<CopyState> now) {
    return Holes.ofShard(copy.id(), now).stream()
        .filter(c -> c.isAtRest() && !c.node().equals(copy.node()))
        .count();
  }
}
