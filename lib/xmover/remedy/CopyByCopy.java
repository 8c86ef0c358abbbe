package xmover.remedy;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Sql;
import xmover.detect.CopyState;
import xmover.remedy.CopyWait.Arrival;
import xmover.reset.Cure;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Remedy;
import xmover.reset.Treatment;
import xmover.table.Finding;

/**
 * Heals one table copy by copy: each that misses an operation by the gentlest remedy that is
 * allowed, fits and is permitted, one after the other; then a flush and the proof. It begins
 * nothing once it is stopped, and what it began CrateDB ends by itself: there is nothing to put
 * back.
 */
final class CopyByCopy {
  /** Between the two looks that tell a hole from a write under way. */
  private static final Duration TWO_LOOKS = Duration.ofSeconds(1);

  /** How often a primary is looked at that is behind itself for a moment. */
  private static final int PATIENCE = 5;

  private final Finding table;
  private final RemedyPolicy policy;
  private final Permit permit;
  private final Tools tools;
  private final Future<Void> stopped;
  private final CopySteps steps;
  private final Map<Remedy, Optional<String>> permitted = new HashMap<>();

  /** Copies by node that a dry run would have moved there, less those moved away. */
  private final Map<String, Long> planned = new HashMap<>();

  private final List<String> done = new ArrayList<>();
  private final List<String> undone = new ArrayList<>();
  private Remedy strongest = Remedy.NONE;

  /** How the attempt to heal one copy ended. */
  private record Attempt(boolean over, String told) {
    /** The copy is healed, or needs nothing any more. */
    static Attempt healed() {
      return new Attempt(true, "");
    }

    /** Another remedy may help. */
    static Attempt failed(String why) {
      return new Attempt(false, why);
    }
  }

  CopyByCopy(Finding table, RemedyPolicy policy, Permit permit, Tools tools, Future<Void> stopped) {
    this.table = table;
    this.policy = policy;
    this.permit = permit;
    this.tools = tools;
    this.stopped = stopped;
    this.steps = new CopySteps(table, tools, stopped);
  }

  /** Fails only where the copies can't be read before anything was done. */
  Future<Treatment> run() {
    return steps.copies().compose(this::mended).compose(this::twoLooks).compose(this::heal);
  }

  private Future<Holes> twoLooks(List<CopyState> first) {
    return first.stream().noneMatch(Holes::isSick)
        ? Future.succeededFuture(new Holes(first, List.of()))
        : tools
            .timers()
            .after(TWO_LOOKS)
            .compose(later -> steps.copies())
            .map(second -> Holes.of(first, second));
  }

  private Future<Treatment> heal(Holes holes) {
    if (holes.sick().isEmpty() && done.isEmpty()) {
      return flushAlone();
    }
    return healNext(holes.sick().iterator())
        .compose(all -> strongest == Remedy.NONE ? Future.succeededFuture(unfit()) : proven());
  }

  /** Nothing is missing: a flush frees what is uncommitted. */
  private Future<Treatment> flushAlone() {
    if (!policy.allows(Remedy.FLUSH)) {
      undone.add("no copy misses an operation, which only a flush or a reset helps");
      return Future.succeededFuture(unfit());
    }
    return permitted(Remedy.FLUSH)
        .compose(
            refusal -> {
              if (refusal.isPresent()) {
                undone.add(refusal.get());
                return Future.succeededFuture(unfit());
              }
              applied(Remedy.FLUSH, "flushed, no copy dropped");
              return proven();
            });
  }

  private Future<Void> healNext(Iterator<CopyState> sick) {
    if (!sick.hasNext() || stopped.isComplete()) {
      return Future.succeededFuture();
    }
    CopyState copy = sick.next();
    return heal(copy, remedies().iterator(), new ArrayList<>()).compose(healed -> healNext(sick));
  }

  private List<Remedy> remedies() {
    return Stream.of(Remedy.MOVE, Remedy.REBUILD, Remedy.REBUILD_ALONE)
        .filter(policy::allows)
        .toList();
  }

  private Future<Void> heal(CopyState copy, Iterator<Remedy> left, List<String> tried) {
    if (!left.hasNext()) {
      undone.add(
          copy.place()
              + ": "
              + (tried.isEmpty() ? "no remedy is allowed that helps" : String.join("; ", tried)));
      return Future.succeededFuture();
    }
    Remedy remedy = left.next();
    return attempt(remedy, copy)
        .otherwise(failure -> Attempt.failed(ClusterFailure.sentence(failure)))
        .compose(
            attempt -> {
              if (attempt.over()) {
                return Future.succeededFuture();
              }
              tried.add(word(remedy) + ": " + attempt.told());
              return heal(copy, left, tried);
            });
  }

  private static String word(Remedy remedy) {
    return remedy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Future<Attempt> attempt(Remedy remedy, CopyState copy) {
    return permitted(remedy)
        .compose(
            refusal ->
                refusal.isPresent()
                    ? Future.succeededFuture(Attempt.failed(refusal.get()))
                    : ready(copy, PATIENCE)
                        .compose(
                            now ->
                                now.over()
                                    ? Future.succeededFuture(now)
                                    : apply(remedy, copy, now.told())));
  }

  /** Asked once a table, as the gates look at all of it. */
  private Future<Optional<String>> permitted(Remedy remedy) {
    return permitted.containsKey(remedy)
        ? Future.succeededFuture(permitted.get(remedy))
        : permit.ask(remedy).onSuccess(refusal -> permitted.put(remedy, refusal));
  }

  /**
   * Reads the sequence numbers again right before a statement: CrateDB moves copies by itself, and
   * one that it moved is healed. A primary that is behind itself for a moment is waited for.
   *
   * @return over when the copy needs nothing; else why it can't be healed now, or nothing
   */
  private Future<Attempt> ready(CopyState copy, int patience) {
    return steps
        .copies()
        .compose(
            now -> {
              if (!isStillSick(copy, now)) {
                return Future.succeededFuture(Attempt.healed());
              }
              if (Holes.hasCompletePrimary(copy.id(), now)) {
                return Future.succeededFuture(Attempt.failed(""));
              }
              return patience == 0
                  ? Future.succeededFuture(
                      Attempt.failed("its primary is not STARTED and complete"))
                  : tools.timers().after(TWO_LOOKS).compose(later -> ready(copy, patience - 1));
            });
  }

  private static boolean isStillSick(CopyState copy, List<CopyState> now) {
    return Holes.on(copy.node().orElse(""), copy.id(), now).filter(Holes::isSick).isPresent();
  }

  private Future<Attempt> apply(Remedy remedy, CopyState copy, String unready) {
    if (!unready.isEmpty() || stopped.isComplete()) {
      return Future.succeededFuture(Attempt.failed(unready.isEmpty() ? "stopped" : unready));
    }
    return remedy == Remedy.MOVE ? move(copy) : rebuild(remedy, copy);
  }

  private Future<Attempt> move(CopyState copy) {
    String from = copy.node().orElseThrow();
    return tools
        .targets()
        .choose(table.table(), copy.id(), from, planned)
        .compose(
            choice ->
                choice
                    .node()
                    .map(to -> move(copy, from, to, choice.recoveries()))
                    .orElseGet(
                        () ->
                            Future.succeededFuture(
                                Attempt.failed("no node may take it: " + choice.reason()))));
  }

  private Future<Attempt> move(CopyState copy, String from, String to, long recoveries) {
    List<String> nodes = List.of(from, to);
    return tools
        .slots()
        .take(nodes, recoveries)
        .compose(
            free ->
                steps
                    .send(Remedy.MOVE, Sql.moveShard(table.table(), copy.id(), from, to))
                    .compose(
                        refusal ->
                            refusal.isPresent()
                                ? Future.succeededFuture(Attempt.failed(refusal.get()))
                                : arrived(copy, from, to))
                    .onComplete(over -> tools.slots().giveBack(nodes)));
  }

  private Future<Attempt> arrived(CopyState copy, String from, String to) {
    planned.merge(from, -1L, Long::sum);
    planned.merge(to, 1L, Long::sum);
    String moved =
        "%s moved to %s%s"
            .formatted(copy.place(), to, copy.size().map(size -> " (" + size + ")").orElse(""));
    var arrived = new CopySteps.Settling();
    var looks = new int[1];
    return steps
        .wait(
            now -> {
              Optional<CopyState> there = Holes.on(to, copy.id(), now);
              if (there.filter(CopyState::isAtRest).isPresent()) {
                return arrived.judge(there.filter(CopyState::hasGap).isPresent());
              }
              // At the handover there is a moment in which neither is seen.
              boolean stayed =
                  there.isEmpty()
                      && Holes.on(from, copy.id(), now).filter(CopyState::isAtRest).isPresent();
              looks[0] = stayed ? looks[0] + 1 : 0;
              return looks[0] < 3
                  ? Arrival.NOT_YET
                  : Arrival.never("CrateDB gave the move up, the copy stays where it was");
            })
        .map(trouble -> outcome(Remedy.MOVE, moved, trouble));
  }

  private Attempt outcome(Remedy remedy, String told, Optional<String> trouble) {
    if (trouble.isPresent()) {
      return Attempt.failed(trouble.get());
    }
    applied(remedy, told);
    return Attempt.healed();
  }

  private void applied(Remedy remedy, String told) {
    done.add(told);
    strongest = remedy.compareTo(strongest) > 0 ? remedy : strongest;
  }

  /** A flush first: it is what makes operations harmless that no copy can replay. */
  private Future<Attempt> rebuild(Remedy remedy, CopyState copy) {
    return steps
        .copies()
        .compose(
            now -> {
              long others =
                  Holes.ofShard(copy.id(), now).stream()
                      .filter(c -> c.isAtRest() && !c.node().equals(copy.node()))
                      .count();
              boolean alone = others < 2;
              if (alone != (remedy == Remedy.REBUILD_ALONE)) {
                return Future.succeededFuture(
                    Attempt.failed("%d other copies of the shard are STARTED".formatted(others)));
              }
              return steps
                  .send(remedy, Sql.flush(table.table()))
                  .compose(
                      refusal ->
                          refusal.isPresent()
                              ? Future.succeededFuture(refusal)
                              : steps.send(
                                  remedy,
                                  Sql.cancelReplica(
                                      table.table(), copy.id(), copy.node().orElseThrow())))
                  .compose(
                      refusal ->
                          refusal.isPresent()
                              ? Future.succeededFuture(Attempt.failed(refusal.get()))
                              : rebuilt(remedy, copy, CopySteps.Whole.of(copy.id(), now)));
            });
  }

  private Future<Attempt> rebuilt(Remedy remedy, CopyState copy, CopySteps.Whole before) {
    return steps
        .whole(copy.id(), before)
        .map(trouble -> outcome(remedy, copy.place() + " rebuilt", trouble));
  }

  /** What nobody built after five attempts is built now, whoever left it so. */
  private Future<List<CopyState>> mended(List<CopyState> copies) {
    Optional<CopyState> left = copies.stream().filter(CopySteps::isUnassigned).findFirst();
    if (left.isEmpty() || policy.isResetAlone()) {
      return Future.succeededFuture(copies);
    }
    long shard = left.get().id();
    return steps
        .tryAgain()
        .compose(
            tried ->
                tried
                    ? steps
                        .whole(shard, CopySteps.Whole.of(shard, copies).andOne())
                        .onSuccess(
                            trouble ->
                                trouble.ifPresentOrElse(
                                    undone::add,
                                    () ->
                                        applied(
                                            Remedy.REBUILD,
                                            left.get().place() + " assigned again")))
                        .compose(over -> steps.copies())
                    : Future.succeededFuture(copies));
  }

  /** A flush frees what complete copies need no more; then every copy is looked at. */
  private Future<Treatment> proven() {
    return steps
        .send(Remedy.FLUSH, Sql.flush(table.table()))
        .compose(
            refusal ->
                refusal.isPresent()
                    ? Future.succeededFuture(Cure.notCured(refusal.get(), Optional.empty()))
                    : tools.proof().await(table, stopped))
        .map(this::treated);
  }

  private Treatment treated(Cure cure) {
    String what = String.join("; ", done);
    List<String> open = new ArrayList<>(undone);
    if (cure.isNotCured()) {
      open.add(cure.reason());
    }
    boolean healed = open.isEmpty();
    String told = healed ? what : what + ", and not healed: " + String.join("; ", open);
    boolean next = !healed && policy.allows(Remedy.RESET);
    Cure all =
        healed || cure.isNotCured()
            ? cure
            : Cure.notCured(String.join("; ", open), cure.worstReplica());
    return new Treatment(strongest, true, all, told, next);
  }

  /** Nothing was done: with a reset allowed that follows, else the table stays as it is. */
  private Treatment unfit() {
    String reason = String.join("; ", undone);
    boolean next = policy.allows(Remedy.RESET);
    String told = next ? reason : reason + " (--remedy auto picks what fits)";
    return new Treatment(
        remedies().stream().findFirst().orElse(Remedy.FLUSH),
        false,
        Cure.notCured(reason, Optional.empty()),
        told,
        next);
  }
}
