package xmover.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure.Kind;
import xmover.environment.SteppedTimers;

/** A cluster that misbehaves as a test scripts it, and keeps every statement that came to it. */
public final class FaultyCluster implements Cluster {
  /** What becomes of one statement: its answer, with or without having it executed. */
  public interface Fault {
    Future<List<Row>> happen(Supplier<Future<List<Row>>> execution);
  }

  private static final class Rule {
    private final String words;
    private final Fault fault;
    private int left;

    Rule(String words, Fault fault, int left) {
      this.words = words.toLowerCase(Locale.ROOT);
      this.fault = fault;
      this.left = left;
    }

    boolean hits(Statement statement) {
      return left > 0 && statement.text().toLowerCase(Locale.ROOT).contains(words);
    }
  }

  private final Cluster cluster;
  private final SteppedTimers timers;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Statement> sent = new ArrayList<>();
  private Promise<Void> release = Promise.promise();

  public FaultyCluster(Cluster cluster, SteppedTimers timers) {
    this.cluster = cluster;
    this.timers = timers;
  }

  /** The next statement with these words meets this fault; earlier rules come first. */
  public FaultyCluster once(String words, Fault fault) {
    return times(1, words, fault);
  }

  public FaultyCluster times(int n, String words, Fault fault) {
    rules.add(new Rule(words, fault, n));
    return this;
  }

  public FaultyCluster always(String words, Fault fault) {
    return times(Integer.MAX_VALUE, words, fault);
  }

  /** From now on all is well. */
  public void heal() {
    rules.clear();
  }

  /** Fails before it is executed. */
  public static Fault fail(Kind kind) {
    return execution -> failed(kind);
  }

  /** Is executed, and its answer lost. */
  public static Fault loseAnswer(Kind kind) {
    return execution -> execution.get().transform(answer -> failed(kind));
  }

  /** Its answer is lost, and it is executed this much later. */
  public Fault executeLate(Duration delay, Kind kind) {
    return execution -> {
      timers.at(delay).compose(due -> execution.get());
      return failed(kind);
    };
  }

  /** Is executed at once; its answer waits for {@link #release}. */
  public Fault hang() {
    return execution -> execution.get().eventually(release::future);
  }

  /** Is answered with no rows, and as if it had been executed. */
  public static Fault answerNothing() {
    return execution -> Future.succeededFuture(List.of());
  }

  /** Lets go what hangs. */
  public void release() {
    release.complete();
    release = Promise.promise();
  }

  /** Every statement in order. */
  public List<Statement> sent() {
    return List.copyOf(sent);
  }

  /** The texts of those that change something. */
  public List<String> written() {
    return sent.stream()
        .filter(s -> s.kind() == Statement.Kind.WRITE)
        .map(Statement::text)
        .toList();
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    sent.add(statement);
    Supplier<Future<List<Row>>> execution = () -> cluster.execute(statement);
    for (Rule rule : rules) {
      if (rule.hits(statement)) {
        rule.left--;
        return rule.fault.happen(execution).eventually(() -> timers.at(Duration.ofMillis(1)));
      }
    }
    return execution.get();
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }

  private static Future<List<Row>> failed(Kind kind) {
    return Future.failedFuture(new ClusterFailure(kind, "scripted " + kind, null, null));
  }
}
