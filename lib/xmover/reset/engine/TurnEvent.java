package xmover.reset.engine;

import java.util.List;
import java.util.Optional;
import xmover.reset.Cure;
import xmover.reset.GateVerdict;
import xmover.reset.RemedyResult;
import xmover.reset.machine.ResetJob;

/** What happened to a table whose turn it is. */
sealed interface TurnEvent {
  /**
   * Its turn has come.
   *
   * @param refusal why no table starts any more; empty while they do
   */
  record Begun(Optional<String> refusal) implements TurnEvent {}

  /**
   * Something gentler was tried, or nothing fits.
   *
   * @param gates what they said of it
   */
  record Tried(Optional<RemedyResult> result, List<GateVerdict> gates) implements TurnEvent {}

  /** What is gentler failed where nothing should. */
  record NotTried(String reason) implements TurnEvent {}

  /** The reset may begin. */
  record Permitted(List<GateVerdict> gates) implements TurnEvent {}

  /** The reset may not begin. */
  record Refused(String reason, List<GateVerdict> gates) implements TurnEvent {}

  /** The table needs no reset any more. */
  record Healed(RemedyResult by) implements TurnEvent {}

  /**
   * The table still needs its reset.
   *
   * @param paused whether a pause has begun since the gates were asked
   * @param refusal why no table starts any more; empty while they do
   */
  record StillSick(boolean paused, Optional<String> refusal) implements TurnEvent {}

  /** Whether the table still needs its reset can't be seen. */
  record NotSeen(String reason) implements TurnEvent {}

  /** Its reset has ended. */
  record ResetEnded(ResetJob job) implements TurnEvent {}

  /** What became of its replicas. */
  record Recovered(Cure cure) implements TurnEvent {}
}
