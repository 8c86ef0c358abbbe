package xmover.reset.engine;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.reset.GateVerdict;
import xmover.reset.GentlerRemedy;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.Safeguards;
import xmover.table.Finding;

/**
 * Whether a remedy may be applied to a table now: there is room, every gate is open, and no pause
 * holds the run. Asked before each remedy, the reset included.
 */
final class TurnPermit implements GentlerRemedy.Permit {
  private final Finding finding;
  private final ResetContext context;
  private final Safeguards safeguards;
  private final MayStart mayStart;
  private final Future<Void> stopped;
  private @Nullable Future<Optional<String>> room;

  /** What the gates said that were asked last. */
  private List<GateVerdict> asked = List.of();

  private Optional<Unread> unread = Optional.empty();

  /** The gentlest remedy before which a gate could not see; nothing stronger may follow. */
  private record Unread(Remedy remedy, List<GateVerdict> verdicts) {
    boolean bars(Remedy other) {
      return other.compareTo(remedy) > 0;
    }
  }

  TurnPermit(
      Finding finding,
      ResetContext context,
      Safeguards safeguards,
      MayStart mayStart,
      Future<Void> stopped) {
    this.finding = finding;
    this.context = context;
    this.safeguards = safeguards;
    this.mayStart = mayStart;
    this.stopped = stopped;
  }

  /** What the gates said that were asked last. */
  List<GateVerdict> asked() {
    return asked;
  }

  @Override
  public boolean isHeld() {
    return mayStart.refusal().get().isPresent() || isPaused();
  }

  boolean isPaused() {
    return !mayStart.unpaused().get().isComplete();
  }

  @Override
  public boolean isUnread() {
    return unread.isPresent();
  }

  @Override
  public Future<Optional<String>> ask(Remedy remedy) {
    Optional<Unread> barred = unread.filter(before -> before.bars(remedy));
    asked = barred.map(Unread::verdicts).orElse(List.of());
    if (barred.isPresent()) {
      return Future.succeededFuture(firstShut(asked));
    }
    return (remedy.exposes() ? room() : Future.succeededFuture(Optional.<String>empty()))
        .compose(
            full ->
                full.or(mayStart.refusal()).isPresent()
                    ? Future.succeededFuture(full.or(mayStart.refusal()))
                    : gates(remedy));
  }

  /** Asked once however many remedies need it. */
  private Future<Optional<String>> room() {
    if (room == null) {
      room = safeguards.exposure().enter(finding);
    }
    Future<Optional<String>> entered = room;
    // A stop halts the run before it completes this, so the mayStart tells the reason.
    return Future.any(entered, stopped)
        .map(first -> entered.isComplete() ? entered.result() : Optional.empty());
  }

  private Future<Optional<String>> gates(Remedy remedy) {
    return verdicts(remedy)
        .compose(
            verdicts -> {
              asked = verdicts;
              remember(remedy, verdicts);
              Optional<String> shut = firstShut(verdicts);
              Future<Void> unpaused = mayStart.unpaused().get();
              if (shut.isPresent() || unpaused.isComplete()) {
                return Future.succeededFuture(shut.or(mayStart.refusal()));
              }
              // What the gates saw is old when the pause is over.
              return unpaused.compose(over -> gates(remedy));
            });
  }

  private void remember(Remedy remedy, List<GateVerdict> verdicts) {
    if (verdicts.stream().anyMatch(GateVerdict::isUnread)
        && unread.filter(before -> before.remedy().compareTo(remedy) <= 0).isEmpty()) {
      unread = Optional.of(new Unread(remedy, verdicts));
    }
  }

  /** With a node that hangs the answer takes long, and a stop waits for nobody. */
  private Future<List<GateVerdict>> verdicts(Remedy remedy) {
    Supplier<Future<List<GateVerdict>>> gates = () -> safeguards.gate().ask(finding, remedy);
    Future<List<GateVerdict>> answer =
        Future.succeededFuture()
            .compose(ready -> gates.get())
            .otherwise(failure -> List.of(unseen(failure)));
    return Future.any(answer, stopped)
        .map(first -> answer.isComplete() ? answer.result() : List.<GateVerdict>of())
        .onSuccess(verdicts -> context.listener().on(new RunEvent.GatesAsked(finding, verdicts)));
  }

  private static Optional<String> firstShut(List<GateVerdict> verdicts) {
    return verdicts.stream().filter(GateVerdict::isShut).findFirst().map(GateVerdict::toString);
  }

  private static GateVerdict unseen(Throwable failure) {
    return GateVerdict.unread(
        "preflight",
        "the state of the cluster could not be read: " + ClusterFailure.sentence(failure),
        "");
  }
}
