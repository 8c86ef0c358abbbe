package cratesim;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The rules of misbehaviour in force, which may be changed while the servers run. Thread-safe. */
public final class Faults {
  private List<Counted> rules = List.of();
  private Map<Object, SqlAnswer> given = new ConcurrentHashMap<>();
  private int changes;
  private int lastSilence;
  private CompletableFuture<Void> release = new CompletableFuture<>();

  /** Puts these rules in place of the present ones and counts from the start; none: all is well. */
  public synchronized void set(Fault... faults) {
    rules = Arrays.stream(faults).map(Counted::new).toList();
    given = new ConcurrentHashMap<>();
    changes++;
    if (silences(Fault.Connections.EXISTING)) {
      lastSilence = changes;
    }
  }

  private boolean silences(Fault.Connections connections) {
    return rules.stream().anyMatch(rule -> rule.fault.silences(connections));
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

  /** Counts this statement, and says what shall happen to it: the first rule that hits. */
  public Optional<Fault.Effect> onStatement(String text) {
    return arrival(fault -> fault.concernsStatement(text));
  }

  /** Counts this connection, and says what is to happen to it now and later. */
  public synchronized Connection onConnection() {
    return new Connection(arrival(Fault::refusesConnections).isPresent());
  }

  /** The answers to be given again, each by what was asked. */
  public synchronized Map<Object, SqlAnswer> given() {
    return given;
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

  private synchronized Optional<Fault.Effect> arrival(Predicate<Fault> concerned) {
    var hit =
        rules.stream()
            .filter(rule -> concerned.test(rule.fault))
            .filter(rule -> rule.fault.hits(++rule.arrivals))
            .toList();
    return hit.stream().findFirst().map(rule -> rule.fault.effect());
  }

  private static final class Counted {
    private final Fault fault;
    private int arrivals;

    private Counted(Fault fault) {
      this.fault = fault;
    }
  }
}
