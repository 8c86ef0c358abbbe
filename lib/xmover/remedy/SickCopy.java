package xmover.remedy;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Sql;
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
  private final CopyState copy;
  private final String node;
  private final Permit permit;
  private final Tools tools;
  private final CopySteps steps;

  /**
   * How it ended.
   *
   * @param remedy what healed it; NONE when it needed nothing any more
   * @param told what was done, or why nothing helped
   */
  record Outcome(boolean healed, Remedy remedy, String told) {
    private static Outcome by(Remedy remedy, String told) {
      return new Outcome(true, remedy, told);
    }

    private static Outcome byItself() {
      return new Outcome(true, Remedy.NONE, "");
    }

    private static Outcome failed(String why) {
      return new Outcome(false, Remedy.NONE, why);
    }
  }

  SickCopy(TableRef table, CopyState copy, Permit permit, Tools tools, CopySteps steps) {
    this.table = table;
    this.copy = copy;
    this.node = copy.node().orElseThrow();
    this.permit = permit;
    this.tools = tools;
    this.steps = steps;
  }

  /** Tries these in turn; never fails. */
  Future<Outcome> heal(List<Remedy> remedies) {
    return heal(remedies.iterator(), new ArrayList<>());
  }

  private Future<Outcome> heal(Iterator<Remedy> left, List<String> tried) {
    if (!left.hasNext() || steps.isStopped()) {
      String why = steps.isStopped() ? "stopped" : String.join("; ", tried);
      return Future.succeededFuture(
          Outcome.failed(
              copy.place() + ": " + (why.isEmpty() ? "no remedy is allowed that helps" : why)));
    }
    Remedy remedy = left.next();
    return permit
        .ask(remedy)
        .compose(
            refusal ->
                refusal.isPresent()
                    ? Future.succeededFuture(Outcome.failed(refusal.get()))
                    : whenReady(remedy, PATIENCE))
        .otherwise(failure -> Outcome.failed(ClusterFailure.sentence(failure)))
        .compose(
            outcome -> {
              if (outcome.healed()) {
                return Future.succeededFuture(outcome);
              }
              tried.add(remedy.word() + ": " + outcome.told());
              return heal(left, tried);
            });
  }

  /** A primary that is behind itself for a moment is waited for. */
  private Future<Outcome> whenReady(Remedy remedy, int patience) {
    return steps
        .copies()
        .compose(
            now -> {
              Optional<CopyState> there = Holes.on(node, copy.id(), now);
              if (there.filter(c -> !c.isAtRest()).isPresent()) {
                return Future.succeededFuture(Outcome.failed("it is moved or built already"));
              }
              if (there.filter(Holes::isSick).isEmpty()) {
                return Future.succeededFuture(Outcome.byItself());
              }
              if (Holes.hasCompletePrimary(copy.id(), now)) {
                return remedy == Remedy.MOVE ? move(now) : rebuild(remedy, now);
              }
              return later(patience, () -> whenReady(remedy, patience - 1));
            });
  }

  /** A primary that is written to is behind itself for moments, and not for ever. */
  private Future<Outcome> later(int patience, Supplier<Future<Outcome>> again) {
    return patience == 0
        ? Future.succeededFuture(Outcome.failed("its primary is not STARTED and complete"))
        : tools.timers().after(BETWEEN_LOOKS).compose(waited -> again.get());
  }

  private Future<Outcome> move(List<CopyState> now) {
    return tools
        .targets()
        .choose(table, now, copy.id(), node)
        .compose(
            choice ->
                choice
                    .node()
                    .map(to -> move(to, choice.recoveries(), now))
                    .orElseGet(
                        () ->
                            Future.succeededFuture(
                                Outcome.failed("no node may take it: " + choice.reason()))));
  }

  private Future<Outcome> move(String to, long recoveries, List<CopyState> now) {
    List<String> nodes = List.of(node, to);
    var move = new Move(to);
    return tools
        .slots()
        .take(nodes, recoveries)
        .compose(
            free ->
                send(to, now)
                    .compose(
                        refusal ->
                            refusal.isPresent()
                                ? Future.succeededFuture(refusal)
                                : steps.await(move::judge))
                    .onComplete(over -> tools.slots().giveBack(nodes)))
        .map(
            trouble ->
                move.isPromoted
                    ? Outcome.byItself()
                    : outcome(
                        Remedy.MOVE,
                        "%s moved to %s%s"
                            .formatted(
                                copy.place(), to, copy.size().map(s -> " (" + s + ")").orElse("")),
                        trouble));
  }

  private Future<Optional<String>> send(String to, List<CopyState> now) {
    if (steps.isStopped()) {
      return Future.succeededFuture(Optional.of("stopped"));
    }
    steps.decided(step(Remedy.MOVE, Optional.of(to), started(now), now));
    return steps.send(Remedy.MOVE, Sql.moveShard(table, copy.id(), node, to));
  }

  private CopyStep step(Remedy remedy, Optional<String> to, long left, List<CopyState> now) {
    return new CopyStep(remedy, copy.id(), node, to, CopyState.shardSize(now, copy.id()), left);
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

    Move(String to) {
      this.to = to;
    }

    Future<Arrival> judge(List<CopyState> now) {
      Optional<CopyState> there = Holes.on(to, copy.id(), now);
      if (there.filter(CopyState::isAtRest).isPresent()) {
        return Future.succeededFuture(settling.judge(there.filter(CopyState::hasGap).isPresent()));
      }
      // At the handover there is a moment in which neither is seen.
      Optional<CopyState> here = Holes.on(node, copy.id(), now).filter(CopyState::isAtRest);
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
    Optional<String> unfit = unfit(remedy, now);
    if (unfit.isEmpty() && !steps.isStopped() && !Holes.hasCompletePrimary(copy.id(), now)) {
      return later(patience, () -> steps.copies().compose(n -> drop(remedy, n, patience - 1)));
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
