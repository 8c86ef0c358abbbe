package xmover.reset;

import java.util.Optional;
import xmover.table.Bytes;

/**
 * What became of a table's replicas after their setting was back.
 *
 * @param reason what was seen, in words
 * @param worstReplica the largest uncommitted translog of a replica; empty while none reports one
 */
public record Cure(State state, String reason, Optional<Bytes> worstReplica) {
  /** How it stands. */
  public enum State {
    /** Every copy is STARTED and every replica's uncommitted translog below the threshold. */
    CURED,
    /** The setting is back, the table is not healed. */
    NOT_CURED,
    /** Nobody waited for the replicas. */
    NOT_AWAITED
  }

  public static Cure cured(Bytes worstReplica) {
    return new Cure(
        State.CURED,
        "every copy is STARTED, the worst replica at " + worstReplica,
        Optional.of(worstReplica));
  }

  public static Cure notCured(String reason, Optional<Bytes> worstReplica) {
    return new Cure(State.NOT_CURED, reason, worstReplica);
  }

  public static Cure notAwaited(String reason) {
    return new Cure(State.NOT_AWAITED, reason, Optional.empty());
  }

  public boolean isCured() {
    return state == State.CURED;
  }

  public boolean isNotCured() {
    return state == State.NOT_CURED;
  }
}
