package cratesim.faults;

import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import cratesim.scenario.ScenarioEvent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rule of misbehaviour at the wire: which statements, which of their arrivals, and what happens
 * then.
 *
 * @param since the moment from whose first statement on the rule is in force; null for at once
 * @param wires on which it is in force
 * @param statements found anywhere in the statement's text
 * @param first the first arrival that is hit, counted from 1 for each rule
 * @param last the last arrival that is hit
 */
public record Fault(
    @Nullable Moment since,
    Set<FaultyWire> wires,
    Pattern statements,
    int first,
    int last,
    Effect effect) {
  /** What happens to a statement or a connection. */
  public sealed interface Effect
      permits Disruption,
          Delay,
          Fail,
          Silence,
          Acknowledge,
          Spoiled,
          Trickle,
          Page,
          OddCell,
          OddRows,
          Incident,
          Outside {}

  /** Effects that need no more to be said. */
  public enum Disruption implements Effect {
    /**
     * New connections are closed as they come; those that exist go on, unless the rule began at a
     * moment: then they break at their next statement.
     */
    REFUSE_CONNECTION,
    /** The connection is closed and nothing was executed. */
    CLOSE_BEFORE_EXECUTING,
    /** The statement was executed, and the connection is closed instead of an answer. */
    CLOSE_AFTER_EXECUTING,
    /**
     * The first answer to a statement is given again whenever the same statement comes, with the
     * same parameters: what is read is as old as that. In a rule that begins at a moment it is the
     * last answer before.
     */
    REPEAT_ANSWER,
    /** The answer is the one that another statement got before. */
    OTHER_ANSWER,
    /** From here on another cluster answers, with tables of the same names. */
    OTHER_CLUSTER,
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

  /**
   * The statement is answered as if it had been executed.
   *
   * @param appliedAfter when it is executed after all, by the cluster's time; null for never
   */
  public record Acknowledge(@Nullable Duration appliedAfter) implements Effect {}

  /** The statement is executed, and the bytes of its answer suffer on their way. */
  public enum Spoiled implements Effect {
    /** The connection is closed in the middle: between two messages, or two halves of a body. */
    CUT_ANSWER,
    /** The connection is closed within a message, or after one byte of a body. */
    CUT_FRAME,
    /** As many bytes that mean nothing. */
    GARBAGE,
    /** All of it twice. */
    DOUBLED
  }

  /** The answer comes a byte at a time. */
  public record Trickle(Duration pause) implements Effect {}

  /**
   * A proxy answers with a page of its own, over HTTP.
   *
   * @param location where it leads to instead; null for nowhere
   * @param executed whether the statement had got through to the cluster
   */
  public record Page(int status, @Nullable String location, boolean executed) implements Effect {}

  /**
   * A cell of the first row of the answer is odd.
   *
   * @param type which the column has then; null for the same
   */
  public record OddCell(String column, @Nullable Object value, SqlAnswer.@Nullable ColumnType type)
      implements Effect {}

  /** The rows of the answer are odd. */
  public enum OddRows implements Effect {
    /** The first one comes twice. */
    TWICE,
    /** The first one is missing. */
    MISSING,
    /** There is none. */
    NONE
  }

  /**
   * Something happens to the cluster.
   *
   * @param events what, at its time after this
   * @param afterwards when the statement has been executed, not before it is
   * @param over what ends it
   */
  public record Incident(List<ScenarioEvent> events, boolean afterwards, List<ScenarioEvent> over)
      implements Effect {}

  /** Something happens to what lies around a cluster, by whoever listens to {@link Faults}. */
  public enum Outside implements Effect {
    /** The name has several addresses, and the first one is dead. */
    FIRST_ADDRESS_DEAD,
    /** The certificates that are shown have expired. */
    CERTIFICATE_EXPIRED,
    /** They are for another name. */
    CERTIFICATE_OF_ANOTHER,
    /** Nobody speaks TLS any more. */
    NO_TLS,
    /** The clock of the client's machine jumps an hour ahead. */
    CLIENT_CLOCK_AHEAD,
    /** It jumps an hour back. */
    CLIENT_CLOCK_BEHIND;

    /** Whether no connection survives it. */
    public boolean breaks() {
      return this != CLIENT_CLOCK_AHEAD && this != CLIENT_CLOCK_BEHIND;
    }
  }

  public Fault {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("arrivals count from 1: " + first + " to " + last);
    }
  }

  /** Hits every statement in which the regular expression is found, whatever its case. */
  public static Fault on(String regex, Effect effect) {
    return new Fault(
        null,
        EnumSet.allOf(FaultyWire.class),
        Pattern.compile(regex, Pattern.CASE_INSENSITIVE),
        1,
        Integer.MAX_VALUE,
        effect);
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
    return new Fault(since, wires, statements, 1, n, effect);
  }

  /** The same rule for the nth arrival only. */
  public Fault nthTime(int n) {
    return new Fault(since, wires, statements, n, n, effect);
  }

  boolean refusesConnections() {
    return effect == Disruption.REFUSE_CONNECTION;
  }

  /** Rules about connections concern a statement only where they begin by one. */
  boolean concernsStatement(String text) {
    boolean ofConnections = refusesConnections() || effect instanceof Silence;
    return ofConnections ? since != null : statements.matcher(text).find();
  }

  boolean silences(Connections connections) {
    return effect instanceof Silence silence
        && (silence.which() == connections || silence.which() == Connections.ALL);
  }

  /** Whether a statement that it concerns may leave nothing for it to do. */
  boolean dependsOnAnswer() {
    return effect instanceof OddCell
        || effect instanceof OddRows
        || effect instanceof Incident
        || effect == Disruption.REPEAT_ANSWER
        || effect == Disruption.OTHER_ANSWER;
  }

  boolean hits(int arrival) {
    return first <= arrival && arrival <= last;
  }
}
