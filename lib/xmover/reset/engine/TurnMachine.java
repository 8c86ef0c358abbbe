package xmover.reset.engine;

import java.util.List;
import java.util.Optional;
import xmover.reset.GateVerdict;
import xmover.reset.RemedyResult;
import xmover.reset.TableResult;
import xmover.reset.engine.TurnEvent.Begun;
import xmover.reset.engine.TurnEvent.Healed;
import xmover.reset.engine.TurnEvent.NotSeen;
import xmover.reset.engine.TurnEvent.NotTried;
import xmover.reset.engine.TurnEvent.Permitted;
import xmover.reset.engine.TurnEvent.Recovered;
import xmover.reset.engine.TurnEvent.Refused;
import xmover.reset.engine.TurnEvent.ResetEnded;
import xmover.reset.engine.TurnEvent.StillSick;
import xmover.reset.engine.TurnEvent.Tried;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.Finding;
import xmover.table.Verdict;

/**
 * Decides how a table's turn in a run goes on: what is gentler first, a reset only behind the gates
 * and only while the table needs it, and the proof of its recovery at the end. Pure.
 */
final class TurnMachine {
  /** What is to be done in a state; a turn that has ended has nothing to do. */
  enum Command {
    TRY_GENTLER,
    ASK_GATES,
    CHECK,
    RESET,
    AWAIT_RECOVERY,
    NOTHING
  }

  /**
   * A turn at one instant.
   *
   * @param tried what was tried before a reset
   * @param gates what they said when they were asked last
   * @param result empty until it has ended, or its reset has
   */
  record Turn(
      Finding finding,
      TurnState state,
      Optional<RemedyResult> tried,
      List<GateVerdict> gates,
      Optional<TableResult> result) {
    static Turn queued(Finding finding) {
      return new Turn(finding, TurnState.QUEUED, Optional.empty(), List.of(), Optional.empty());
    }

    private Turn enter(TurnState next) {
      if (!state.next().contains(next)) {
        throw new IllegalStateException(
            "%s: %s can't become %s, only %s"
                .formatted(finding.table(), state, next, state.next()));
      }
      return new Turn(finding, next, tried, gates, result);
    }

    private Turn having(Optional<RemedyResult> gentler, List<GateVerdict> verdicts) {
      return new Turn(finding, state, gentler, verdicts, result);
    }

    private Turn with(List<GateVerdict> verdicts) {
      return new Turn(finding, state, tried, verdicts, result);
    }

    private Turn with(TableResult outcome) {
      return new Turn(finding, state, tried, gates, Optional.of(outcome));
    }
  }

  /** The decision: the turn as it is now, and what to do. */
  record Step(Turn turn, Command command) {}

  private TurnMachine() {}

  /** Decides; an event that can't happen in a state is a bug and throws. */
  static Step on(Turn turn, TurnEvent event) {
    return switch (turn.state()) {
      case QUEUED -> queued(turn, event);
      case TRYING_GENTLER -> tryingGentler(turn, event);
      case ASKING_GATES -> askingGates(turn, event);
      case CHECKING -> checking(turn, event);
      case RESETTING -> resetting(turn, event);
      case RECOVERING -> recovering(turn, event);
      case ENDED -> throw illegal(turn, event);
    };
  }

  private static Step queued(Turn turn, TurnEvent event) {
    if (event instanceof Begun begun) {
      return begun
          .refusal()
          .map(reason -> end(turn, TableResult.notStarted(turn.finding(), reason)))
          .orElseGet(() -> new Step(turn.enter(TurnState.TRYING_GENTLER), Command.TRY_GENTLER));
    }
    throw illegal(turn, event);
  }

  private static Step tryingGentler(Turn turn, TurnEvent event) {
    if (event instanceof NotTried failed) {
      // A remedy that fails where nothing should is no reason to reset.
      return end(turn, TableResult.notStarted(turn.finding(), failed.reason()));
    }
    if (event instanceof Tried tried) {
      return tried(turn.having(tried.result(), tried.gates()));
    }
    throw illegal(turn, event);
  }

  private static Step tried(Turn turn) {
    Finding finding = turn.finding();
    boolean mayBeReset = finding.verdict().action() != Verdict.Action.SKIP;
    if (finding.isEarly() && turn.tried().isEmpty()) {
      return end(
          turn,
          TableResult.notStarted(
              finding, "below the thresholds, where copies are moved or rebuilt alone"));
    }
    boolean resetNext = turn.tried().map(RemedyResult::resetNext).orElse(true);
    if (finding.isEarly() || (turn.tried().isPresent() && !(resetNext && mayBeReset))) {
      return end(turn, treated(turn, turn.tried().orElseThrow()));
    }
    return mayBeReset
        ? new Step(turn.enter(TurnState.ASKING_GATES), Command.ASK_GATES)
        : end(
            turn,
            TableResult.notStarted(finding, "it needs no reset: " + finding.verdict().reason()));
  }

  private static Step askingGates(Turn turn, TurnEvent event) {
    if (event instanceof Permitted permitted) {
      return new Step(turn.with(permitted.gates()).enter(TurnState.CHECKING), Command.CHECK);
    }
    if (event instanceof Refused refused) {
      TableResult left =
          isShut(refused.gates())
              ? TableResult.refused(turn.finding(), refused.gates())
              : TableResult.notStarted(turn.finding(), refused.reason());
      return end(turn, afterGentler(turn, left));
    }
    throw illegal(turn, event);
  }

  private static Step checking(Turn turn, TurnEvent event) {
    if (event instanceof Healed healed) {
      return end(turn, afterGentler(turn, treated(turn, healed.by())));
    }
    if (event instanceof NotSeen unseen) {
      // What can't be seen may be healed, and is left as it is.
      String reason = "whether it still needs its reset can't be seen: " + unseen.reason();
      return end(turn, afterGentler(turn, TableResult.notStarted(turn.finding(), reason)));
    }
    if (event instanceof StillSick sick) {
      if (sick.paused()) {
        // What the gates saw is old when the pause is over.
        return new Step(turn.enter(TurnState.ASKING_GATES), Command.ASK_GATES);
      }
      return sick.refusal()
          .map(why -> end(turn, afterGentler(turn, TableResult.notStarted(turn.finding(), why))))
          .orElseGet(() -> new Step(turn.enter(TurnState.RESETTING), Command.RESET));
    }
    throw illegal(turn, event);
  }

  private static Step resetting(Turn turn, TurnEvent event) {
    if (event instanceof ResetEnded ended) {
      TableResult result =
          afterGentler(turn, TableResult.ended(turn.finding(), ended.job()).with(turn.gates()));
      return ended.job().restore() == RestoreOutcome.DONE
          ? new Step(turn.with(result).enter(TurnState.RECOVERING), Command.AWAIT_RECOVERY)
          : end(turn, result);
    }
    throw illegal(turn, event);
  }

  private static Step recovering(Turn turn, TurnEvent event) {
    if (event instanceof Recovered recovered) {
      return end(turn, turn.result().orElseThrow().with(recovered.cure()));
    }
    throw illegal(turn, event);
  }

  /** A gate that was shut for one copy does not make a table refused of which another was moved. */
  private static TableResult treated(Turn turn, RemedyResult treatment) {
    TableResult result = TableResult.treated(turn.finding(), treatment);
    if (!isShut(turn.gates())) {
      return result.with(turn.gates());
    }
    return treatment.applied() ? result : TableResult.refused(turn.finding(), turn.gates());
  }

  private static TableResult afterGentler(Turn turn, TableResult result) {
    return turn.tried().map(result::after).orElse(result);
  }

  private static Step end(Turn turn, TableResult result) {
    return new Step(turn.with(result).enter(TurnState.ENDED), Command.NOTHING);
  }

  private static boolean isShut(List<GateVerdict> verdicts) {
    return verdicts.stream().anyMatch(GateVerdict::isShut);
  }

  private static IllegalStateException illegal(Turn turn, TurnEvent event) {
    return new IllegalStateException(
        "%s: %s can't happen in %s".formatted(turn.finding().table(), event, turn.state()));
  }
}
