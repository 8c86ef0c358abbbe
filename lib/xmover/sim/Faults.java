package xmover.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The rules of misbehaviour in force, which may be changed while the servers run. Thread-safe. */
public final class Faults {
  private List<Counted> rules = List.of();
  private CompletableFuture<Void> release = new CompletableFuture<>();

  /** Puts these rules in place of the present ones and counts from the start; none: all is well. */
  public synchronized void set(Fault... faults) {
    rules = Arrays.stream(faults).map(Counted::new).toList();
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
    return arrival(fault -> !fault.refusesConnections() && fault.statements().matcher(text).find());
  }

  /** Counts this connection, and says whether it is refused. */
  public boolean onConnection() {
    return arrival(Fault::refusesConnections).isPresent();
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
