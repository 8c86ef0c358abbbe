package xmover.reset;

import java.time.Duration;
import xmover.cluster.ClusterFailure;

/**
 * What became of the cluster's rebalancing while a run holds it.
 *
 * @param original what it was; empty when it is not held
 * @param text a sentence for the operator
 */
public record HoldNews(Kind kind, String original, String text) {
  /** What happened. */
  public enum Kind {
    /** It was switched off. */
    HELD,
    /** It was off before. */
    NOT_NEEDED,
    /** A run that did not put it back left it off. */
    INHERITED,
    /** Something failed and is tried again, or can be done without. */
    TROUBLED,
    /** It is what it was. */
    PUT_BACK,
    /** Somebody else set it meanwhile; it is theirs now. */
    CHANGED_BY_OTHERS,
    /** It could not be put back, or may be off again later. */
    LEFT_OFF
  }

  public static HoldNews held(RebalanceHold hold) {
    return of(Kind.HELD, hold, "Rebalancing is off for this run");
  }

  public static HoldNews notNeeded() {
    return new HoldNews(Kind.NOT_NEEDED, "", "Rebalancing is off already, and stays as it is");
  }

  public static HoldNews inherited(RebalanceHold hold) {
    return of(
        Kind.INHERITED,
        hold,
        "Rebalancing was held by " + hold.run() + " and not put back: that follows at the end");
  }

  public static HoldNews retrying(RebalanceHold hold, int attempt, Duration delay, String reason) {
    return of(
        Kind.TROUBLED,
        hold,
        "Putting rebalancing back failed (attempt %d), again in %d s: %s"
            .formatted(attempt, delay.toSeconds(), reason));
  }

  public static HoldNews notForgotten(RebalanceHold hold, Throwable failure) {
    return of(
        Kind.TROUBLED,
        hold,
        "The journal could not be told that nothing is left to put back: "
            + ClusterFailure.sentence(failure));
  }

  public static HoldNews putBack(RebalanceHold hold) {
    String hides =
        hold.hides() ? " as a TRANSIENT value: it hides a PERSISTENT one until RESET GLOBAL" : "";
    return new HoldNews(
        Kind.PUT_BACK,
        hold.original(),
        "Rebalancing is put back to '" + hold.original() + "'" + hides);
  }

  public static HoldNews changedByOthers(RebalanceHold hold, String now) {
    return of(
        Kind.CHANGED_BY_OTHERS,
        hold,
        "Somebody else set rebalancing to '" + now + "' meanwhile: left as they set it");
  }

  public static HoldNews pending(RebalanceHold hold) {
    return of(
        Kind.LEFT_OFF,
        hold,
        "A SET that switches rebalancing off got no answer, as from a frozen node, and may be"
            + " applied yet: look again later with xmover resume");
  }

  public static HoldNews leftOff(RebalanceHold hold, int attempts, String reason) {
    return of(
        Kind.LEFT_OFF,
        hold,
        "REBALANCING IS STILL OFF (%d attempts failed: %s). Run: xmover resume; or type: %s;"
            .formatted(attempts, reason, hold.putBack().text()));
  }

  private static HoldNews of(Kind kind, RebalanceHold hold, String text) {
    return new HoldNews(kind, hold.original(), text + " (it was '" + hold.original() + "')");
  }

  public boolean isLeftOff() {
    return kind == Kind.LEFT_OFF;
  }
}
