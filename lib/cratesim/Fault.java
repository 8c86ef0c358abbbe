package cratesim;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One rule of misbehaviour at the wire: which statements, which of their arrivals, and what happens
 * then.
 *
 * @param statements found anywhere in the statement's text
 * @param first the first arrival that is hit, counted from 1 for each rule
 * @param last the last arrival that is hit
 */
public record Fault(Pattern statements, int first, int last, Effect effect) {
  /** What happens to a statement or a connection. */
  public sealed interface Effect permits Disruption, Delay, Fail, Silence {}

  /** Effects that need no more to be said. */
  public enum Disruption implements Effect {
    /** New connections are closed as they come; those that exist go on. */
    REFUSE_CONNECTION,
    /** The connection is closed and nothing was executed. */
    CLOSE_BEFORE_EXECUTING,
    /** The statement was executed, and the connection is closed instead of an answer. */
    CLOSE_AFTER_EXECUTING,
    /**
     * The first answer to a statement is given again whenever the same statement comes, with the
     * same parameters: what is read is as old as that.
     */
    REPEAT_ANSWER,
    /** The statement is executed at once, its answer waits for {@link Faults#release()}. */
    HANG
  }

  /**
   * The statement is executed at once and answered later, as a node does that waits for another.
   */
  public record Delay(Duration time) implements Effect {}

  /**
   * This error is the answer.
   *
   * @param executed whether the statement was executed all the same
   */
  public record Fail(SqlError error, boolean executed) implements Effect {
    /** The statement is not executed. */
    public Fail(SqlError error) {
      this(error, false);
    }
  }

  /** Which connections a fault concerns, seen from the moment when it came. */
  public enum Connections {
    EXISTING,
    NEW,
    ALL
  }

  /**
   * The connections stay open and never answer again, whatever comes; nothing is executed. One that
   * has fallen silent stays so.
   */
  public record Silence(Connections which) implements Effect {}

  public Fault {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("arrivals count from 1: " + first + " to " + last);
    }
  }

  /** Hits every statement in which the regular expression is found, whatever its case. */
  public static Fault on(String regex, Effect effect) {
    return new Fault(
        Pattern.compile(regex, Pattern.CASE_INSENSITIVE), 1, Integer.MAX_VALUE, effect);
  }

  /** Every new connection is refused. */
  public static Fault refuseConnections() {
    return on("", Disruption.REFUSE_CONNECTION);
  }

  /** These connections fall silent. */
  public static Fault silence(Connections which) {
    return on("", new Silence(which));
  }

  /** The same rule for the first n arrivals only. */
  public Fault firstTimes(int n) {
    return new Fault(statements, 1, n, effect);
  }

  /** The same rule for the nth arrival only. */
  public Fault nthTime(int n) {
    return new Fault(statements, n, n, effect);
  }

  boolean refusesConnections() {
    return effect == Disruption.REFUSE_CONNECTION;
  }

  boolean concernsStatement(String text) {
    return !refusesConnections() && !(effect instanceof Silence) && statements.matcher(text).find();
  }

  boolean silences(Connections connections) {
    return effect instanceof Silence silence
        && (silence.which() == connections || silence.which() == Connections.ALL);
  }

  boolean hits(int arrival) {
    return first <= arrival && arrival <= last;
  }
}
