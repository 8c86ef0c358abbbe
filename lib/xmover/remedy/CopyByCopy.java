package xmover.remedy;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.cluster.ClusterFailure;
import xmover.cluster.sql.Sql;
import xmover.detect.CopyState;
import xmover.detect.Holes;
import xmover.reset.Cure;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Verdict;

/**
 * Heals one table copy by copy, each that misses an operation after the other; then a flush and the
 * proof. It begins nothing once it is stopped, and what it began CrateDB ends by itself: there is
 * nothing to put back.
 */
final class CopyByCopy {
  private static final String SILENT = " does not tell whether it misses an operation";

  private final Finding table;
  private final RemedyPolicy policy;
  private final Permit permit;
  private final RemedyContext context;
  private final Future<Void> stopped;
  private final CopySteps steps;
  private final List<String> done = new ArrayList<>();
  private final List<String> undone = new ArrayList<>();
  private Remedy strongest = Remedy.NONE;

  /** Whether something could not be read: then nobody knows that a reset is needed. */
  private boolean unread;

  /** A copy that does not tell whether a move would heal it; empty when each does. */
  private Optional<String> silent = Optional.empty();

  CopyByCopy(
      Finding table,
      RemedyPolicy policy,
      Permit permit,
      RemedyContext context,
      Future<Void> stopped) {
    this.table = table;
    this.policy = policy;
    this.permit = new FreshPermit(permit, context.timers());
    this.context = context;
    this.stopped = stopped;
    this.steps = new CopySteps(table, context, stopped);
  }

  /** Fails only where the copies can't be read before anything was done. */
  Future<RemedyResult> run() {
    return steps
        .copies()
        .compose(this::mended)
        .compose(
            first ->
                isToMendOnly()
                    ? mendedOnly()
                    : twoLooks(first).compose(this::heal).recover(this::afterAll));
  }

  /** What was done is told, whatever could not be read later. */
  private Future<RemedyResult> afterAll(Throwable failure) {
    if (!isApplied()) {
      return Future.failedFuture(failure);
    }
    unread(ClusterFailure.sentence(failure));
    return proven();
  }

  private void unread(String why) {
    unread = true;
    undone.add(why);
  }

  private boolean isUnread() {
    return unread || permit.isUnread();
  }

  /** Nobody detected that it needs more than a copy built that was given up. */
  private boolean isToMendOnly() {
    return table.verdict().action() == Verdict.Action.SKIP;
  }

  private Future<RemedyResult> mendedOnly() {
    if (isApplied()) {
      return proven();
    }
    String told = "no copy of it is given up any more";
    return undone.isEmpty()
        ? Future.succeededFuture(
            new RemedyResult(Remedy.NONE, false, Cure.notAwaited(told), told, false))
        : unfit();
  }

  private Future<Holes> twoLooks(List<CopyState> first) {
    return first.stream().noneMatch(Holes::isSick)
        ? Future.succeededFuture(new Holes(first, List.of()))
        : context
            .timers()
            .after(Holes.BETWEEN_LOOKS)
            .compose(later -> steps.copies())
            .map(second -> Holes.of(first, second));
  }

  private Future<RemedyResult> heal(Holes holes) {
    silent =
        holes.copies().stream()
            .filter(copy -> copy.isAtRest() && copy.checkpoints().isEmpty())
            .findFirst()
            .map(copy -> copy.place() + SILENT);
    return steps
        .each(holes.sick().iterator(), this::treat)
        .compose(
            all -> {
              if (!all) {
                undone.add("stopped before every copy was treated");
              }
              return end(holes);
            });
  }

  private Future<SickCopy.Outcome> treat(CopyState sick) {
    return new SickCopy(table.table(), sick, permit, context, steps)
        .heal(remedies())
        .onSuccess(this::tell);
  }

  private List<Remedy> remedies() {
    return Stream.of(Remedy.MOVE, Remedy.REBUILD, Remedy.REBUILD_ALONE)
        .filter(policy::allows)
        .toList();
  }

  private void tell(SickCopy.Outcome outcome) {
    unread |= outcome.unread();
    if (!outcome.healed()) {
      undone.add(outcome.told());
    } else if (outcome.remedy() != Remedy.NONE) {
      applied(outcome.remedy(), outcome.told());
    }
  }

  private void applied(Remedy remedy, String told) {
    done.add(told);
    strongest = remedy.compareTo(strongest) > 0 ? remedy : strongest;
  }

  private boolean isApplied() {
    return strongest != Remedy.NONE;
  }

  /** The flush after which the copies are looked at is a part of every remedy. */
  private Future<RemedyResult> end(Holes holes) {
    if (isApplied()) {
      return proven();
    }
    if (!undone.isEmpty()) {
      return unfit();
    }
    if (table.isEarly()) {
      return closed(holes);
    }
    return !holes.sick().isEmpty() ? flush("CrateDB healed the copies itself") : flushAlone();
  }

  /** Below the thresholds nothing but a hole is to be healed. What can't be read is not healed. */
  private Future<RemedyResult> closed(Holes holes) {
    Optional<CopyState> unread =
        holes.copies().stream()
            .filter(copy -> !copy.isAtRest() || copy.checkpoints().isEmpty())
            .findFirst();
    if (unread.isPresent() || holes.copies().isEmpty()) {
      undone.add(unread.map(CopyState::place).orElse("the table") + SILENT);
      return unfit();
    }
    String told = "no copy misses an operation any more";
    Bytes worst = CopyState.worstReplica(holes.copies()).orElse(Bytes.ZERO);
    return Future.succeededFuture(
        new RemedyResult(Remedy.NONE, false, Cure.cured(told, worst), told, false));
  }

  private Future<RemedyResult> flush(String told) {
    applied(Remedy.FLUSH, told);
    return proven();
  }

  private Future<RemedyResult> flushAlone() {
    if (!policy.allows(Remedy.FLUSH)) {
      undone.add("no copy misses an operation, which only a flush or a reset helps");
      return unfit();
    }
    return permit
        .ask(Remedy.FLUSH)
        .compose(
            refusal -> {
              refusal.ifPresent(undone::add);
              return refusal.isPresent() ? unfit() : flush("flushed, no copy dropped");
            });
  }

  /** Frees what complete copies need no more; then every copy is looked at. */
  private Future<RemedyResult> proven() {
    return steps.isStopped()
        ? Future.succeededFuture(treated(Cure.notAwaited("stopped before the proof")))
        : steps
            .send(Remedy.FLUSH, Sql.flush(table.table()))
            .compose(
                refusal ->
                    refusal
                        .map(why -> Future.succeededFuture(Cure.unproven(why)))
                        .orElseGet(() -> context.proof().await(table, stopped)))
            .map(this::treated);
  }

  /** What CrateDB gave up on is built first, whoever left it so. */
  private Future<List<CopyState>> mended(List<CopyState> copies) {
    return policy.mends()
        ? new GivenUpCopies(
                steps, permit, told -> applied(Remedy.REBUILD, told), undone::add, this::unread)
            .mended(copies)
        : Future.succeededFuture(copies);
  }

  private RemedyResult treated(Cure cure) {
    List<String> open = new ArrayList<>(undone);
    if (cure.isNotCured()) {
      open.add(cure.reason());
    }
    String what = String.join("; ", done);
    if (open.isEmpty()) {
      return new RemedyResult(strongest, true, cure, what, false).missing(steps.fewer());
    }
    silent.ifPresent(open::add);
    String why = String.join("; ", open);
    return new RemedyResult(
            strongest,
            true,
            cure.isUnproven() ? Cure.unproven(why) : Cure.notCured(why, cure.worstReplica()),
            what + ", and not healed: " + why,
            mayReset() && !cure.isUnproven())
        .missing(steps.fewer());
  }

  private boolean mayReset() {
    return policy.allows(Remedy.RESET) && !isToMendOnly() && !isUnread() && silent.isEmpty();
  }

  /** Nothing helped: with a reset allowed that follows, else the table stays as it is. */
  private Future<RemedyResult> unfit() {
    if (!table.isEarly()) {
      silent.ifPresent(undone::add);
    }
    String reason = String.join("; ", undone);
    boolean next = mayReset();
    Remedy begun = steps.begun();
    return Future.succeededFuture(
        new RemedyResult(
                begun == Remedy.NONE ? remedies().stream().findFirst().orElse(Remedy.FLUSH) : begun,
                begun != Remedy.NONE,
                isUnread() ? Cure.unproven(reason) : Cure.notCured(reason, Optional.empty()),
                policy.equals(RemedyPolicy.AUTO) || isUnread()
                    ? reason
                    : reason + " (--remedy auto picks what fits)",
                next)
            .missing(steps.fewer()));
  }
}
