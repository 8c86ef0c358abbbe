package xmover.reset.engine;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a table's turn in a run stands.
 *
 * <pre>
 * QUEUED → TRYING_GENTLER → ASKING_GATES ⇄ CHECKING → RESETTING → RECOVERING → ENDED
 * </pre>
 *
 * From each of them it may end.
 */
enum TurnState {
  /** It has not begun. */
  QUEUED,
  /** Something gentler than a reset is tried, where it fits. */
  TRYING_GENTLER,
  /** It waits for room, for the gates and for the end of a pause. */
  ASKING_GATES,
  /** Looks whether the table still needs its reset. */
  CHECKING,
  /** Its reset is under way. */
  RESETTING,
  /** Its setting is back; its replicas are being built. */
  RECOVERING,
  /** Done, or left as it is. */
  ENDED;

  /** The states that may follow. */
  public Set<TurnState> next() {
    return switch (this) {
      case QUEUED -> EnumSet.of(TRYING_GENTLER, ENDED);
      case TRYING_GENTLER -> EnumSet.of(ASKING_GATES, ENDED);
      case ASKING_GATES -> EnumSet.of(CHECKING, ENDED);
      case CHECKING -> EnumSet.of(ASKING_GATES, RESETTING, ENDED);
      case RESETTING -> EnumSet.of(RECOVERING, ENDED);
      case RECOVERING -> EnumSet.of(ENDED);
      case ENDED -> EnumSet.noneOf(TurnState.class);
    };
  }
}
