package xmover.reset;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import xmover.table.Bytes;

/**
 * What became of a table's replicas after their setting was back.
 *
 * @param reason what was seen, in words
 * @param worstReplica the largest uncommitted translog of a replica; empty while none reports one
 * @param took how long the replicas were waited for
 * @param backAt when a look first saw every copy STARTED, and each one since; empty when none did
 */
public record Cure(
    State state,
    String reason,
    Optional<Bytes> worstReplica,
    Duration took,
    Optional<Instant> backAt) {
  /** How it stands. */
  public enum State {
    /** Every copy is STARTED and every replica's uncommitted translog below the threshold. */
    CURED,
    /** The setting is back, the table is not healed. */
    NOT_CURED,
    /** The same as far as anybody knows: it could not be seen. No reason for anything stronger. */
    UNPROVEN,
    /** Nobody waited for the replicas. */
    NOT_AWAITED
  }

  public static Cure cured(Bytes worstReplica) {
    return cured("every copy is STARTED, the worst replica at " + worstReplica, worstReplica);
  }

  /** Cured, and more is to be said of it. */
  public static Cure cured(String reason, Bytes worstReplica) {
    return new Cure(
        State.CURED, reason, Optional.of(worstReplica), Duration.ZERO, Optional.empty());
  }

  public static Cure notCured(String reason, Optional<Bytes> worstReplica) {
    return new Cure(State.NOT_CURED, reason, worstReplica, Duration.ZERO, Optional.empty());
  }

  public static Cure unproven(String reason) {
    return new Cure(State.UNPROVEN, reason, Optional.empty(), Duration.ZERO, Optional.empty());
  }

  public static Cure notAwaited(String reason) {
    return new Cure(State.NOT_AWAITED, reason, Optional.empty(), Duration.ZERO, Optional.empty());
  }

  /** The same, so long after the wait began. */
  public Cure after(Duration waited) {
    return new Cure(state, reason, worstReplica, waited, backAt);
  }

  /** The same, with the moment from which every copy was there. */
  public Cure with(Optional<Instant> back) {
    return new Cure(state, reason, worstReplica, took, back);
  }

  public boolean isCured() {
    return state == State.CURED;
  }

  /** Whether somebody looked and did not see it healed. */
  public boolean isNotCured() {
    return state == State.NOT_CURED || isUnproven();
  }

  public boolean isUnproven() {
    return state == State.UNPROVEN;
  }
}
