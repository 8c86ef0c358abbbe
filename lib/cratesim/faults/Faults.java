package cratesim.faults;

import cratesim.SqlEndpoint;
import cratesim.model.SqlAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of misbehaviour in force, which may be changed while the servers run. Thread-safe. */
public final class Faults {
  private final List<Armed> rules = new ArrayList<>();
  private final Map<Object, SqlAnswer> given = new ConcurrentHashMap<>();
  private @Nullable Answered last;
  private @Nullable Answered beforeLast;
  private @Nullable SqlEndpoint stranger;
  private volatile double speed = 1;
  private volatile Consumer<Fault.Outside> outside = nobody -> {};
  private int changes;
  private int lastSilence;
  private CompletableFuture<Void> release = new CompletableFuture<>();

  /** What the last statement with rows got. */
  private record Answered(String statement, SqlAnswer answer) {}

  /** Puts these rules in place of the present ones and counts from the start; none: all is well. */
  public synchronized void set(Fault... faults) {
    rules.clear();
    given.clear();
    last = null;
    beforeLast = null;
    stranger = null;
    changes++;
    Arrays.stream(faults).map(Armed::new).forEach(rules::add);
    if (silences(Fault.Connections.EXISTING)) {
      lastSilence = changes;
    }
  }

  /** Lets answers that are late or slow be so many times as fast, for clients in a hurry. */
  public void speed(double times) {
    speed = times;
  }

  /** How long a delay takes. */
  public Duration paced(Duration delay) {
    return Duration.ofMillis(Math.max(1, Math.round(delay.toMillis() / speed)));
  }

  /** Who lets happen, without waiting for it, what happens outside the cluster. */
  public void outside(Consumer<Fault.Outside> told) {
    outside = told;
  }

  /** To be told of what happens there. */
  public void happened(Fault.Outside what) {
    outside.accept(what);
  }

  /** Adds a fault that begins with the first statement of a moment from now on. */
  public Armed arm(KnownFault fault, Moment moment) {
    return arm(fault.at(moment));
  }

  /** Adds a rule to those in force. */
  public synchronized Armed arm(Fault fault) {
    var armed = new Armed(fault);
    rules.add(armed);
    if (armed.begun && fault.silences(Fault.Connections.EXISTING)) {
      lastSilence = ++changes;
    }
    return armed;
  }

  /**
   * All is well again: no rule is in force, what hangs is released, and what happened to the
   * cluster is mended as far as its fault says how.
   */
  public void end() {
    List<Runnable> cures;
    synchronized (this) {
      cures = rules.stream().flatMap(rule -> rule.cures.stream()).toList();
    }
    set();
    release();
    cures.forEach(Runnable::run);
  }

  private boolean silences(Fault.Connections connections) {
    return rules.stream().anyMatch(rule -> rule.begun && rule.fault.silences(connections));
  }

  /** Lets the answers go that hang. Later ones hang anew. */
  public void release() {
    CompletableFuture<Void> held;
    synchronized (this) {
      held = release;
      release = new CompletableFuture<>();
    }
    held.complete(null);
  }

  /** Completes when the answers that hang now are released, on the thread that releases them. */
  public synchronized CompletionStage<Void> released() {
    return release;
  }

  /** Counts this statement, and says what shall happen to it: the rules that hit, in order. */
  public synchronized List<Armed> onStatement(FaultyWire wire, String text) {
    var before = rules.stream().filter(rule -> !rule.begun).toList();
    before.forEach(rule -> rule.see(wire, text));
    if (before.stream()
        .anyMatch(rule -> rule.begun && rule.fault.silences(Fault.Connections.EXISTING))) {
      lastSilence = ++changes;
    }
    return arrival(wire, fault -> fault.concernsStatement(text));
  }

  /** Counts this connection, and says what is to happen to it now and later. */
  public synchronized Connection onConnection(FaultyWire wire) {
    var refusals = arrival(wire, Fault::refusesConnections);
    refusals.forEach(Armed::happened);
    return new Connection(!refusals.isEmpty());
  }

  /** The answers to be given again, each by what was asked. */
  public Map<Object, SqlAnswer> given() {
    return given;
  }

  /** Takes down an answer, for rules that give it again later or to somebody else. */
  public synchronized void answered(Object asked, String statement, SqlAnswer answer) {
    if (rules.stream().anyMatch(rule -> rule.fault.effect() == Fault.Disruption.OTHER_ANSWER)
        && !answer.columns().isEmpty()) {
      if (last != null && !last.statement().equals(statement)) {
        beforeLast = last;
      }
      last = new Answered(statement, answer);
    }
    if (rules.stream().anyMatch(Armed::willRepeat)) {
      given.put(asked, answer);
    }
  }

  /** What another statement got last. */
  public synchronized Optional<SqlAnswer> answerOfAnother(String statement) {
    return Stream.of(Optional.ofNullable(last), Optional.ofNullable(beforeLast))
        .flatMap(Optional::stream)
        .filter(one -> !one.statement().equals(statement))
        .findFirst()
        .map(Answered::answer);
  }

  /** From now on this one answers instead, until the rules are set anew. */
  public synchronized void standIn(SqlEndpoint other) {
    stranger = other;
  }

  /** Who answers instead of the cluster that is meant. */
  public synchronized Optional<SqlEndpoint> stranger() {
    return Optional.ofNullable(stranger);
  }

  /** One connection of a client. */
  public final class Connection {
    private final boolean refused;
    private final int cameAt = changes;
    private final boolean silentFromTheStart;

    private Connection(boolean refused) {
      this.refused = refused;
      this.silentFromTheStart = silences(Fault.Connections.NEW);
    }

    public boolean isRefused() {
      return refused;
    }

    /** To be asked whenever something comes: true when it must be left unanswered. */
    public boolean isSilent() {
      synchronized (Faults.this) {
        return silentFromTheStart || cameAt < lastSilence;
      }
    }
  }

  private List<Armed> arrival(FaultyWire wire, Predicate<Fault> concerned) {
    return rules.stream()
        .filter(rule -> rule.begun && rule.fault.wires().contains(wire))
        .filter(rule -> concerned.test(rule.fault))
        .filter(Armed::isHit)
        .toList();
  }

  /** A rule in force, or one that waits for its moment. */
  public final class Armed {
    private final Fault fault;
    private final List<Runnable> cures = new ArrayList<>();
    private boolean begun;
    private boolean expected;
    private int arrivals;
    private int fired;

    private Armed(Fault fault) {
      this.fault = fault;
      Moment since = fault.since();
      this.begun = since == null;
      this.expected = since == null || since.isFirst();
    }

    private void see(FaultyWire wire, String text) {
      Moment since = fault.since();
      if (since != null && fault.wires().contains(wire)) {
        begun = expected && since.has(text);
        expected |= since.follows(text);
      }
    }

    /** What depends on the answer counts only where it takes effect. */
    private boolean isHit() {
      return fault.dependsOnAnswer() ? fired < fault.last() : fault.hits(++arrivals);
    }

    private boolean willRepeat() {
      return !begun && fault.effect() == Fault.Disruption.REPEAT_ANSWER;
    }

    public Fault.Effect effect() {
      return fault.effect();
    }

    /** To be told whenever the effect takes place; false when it did so often enough. */
    public boolean happened() {
      synchronized (Faults.this) {
        if (fault.dependsOnAnswer() && fired >= fault.last()) {
          return false;
        }
        fired++;
        return true;
      }
    }

    /** To be told when it had not taken place. */
    public void missed() {
      synchronized (Faults.this) {
        fired--;
      }
    }

    /** To be told what mends it again. */
    public void mendedBy(Runnable cure) {
      synchronized (Faults.this) {
        cures.add(cure);
      }
    }

    /** Whether its moment has come. */
    public boolean begun() {
      synchronized (Faults.this) {
        return begun;
      }
    }

    /** How often it took effect on something. */
    public int fired() {
      synchronized (Faults.this) {
        return fired;
      }
    }
  }
}
