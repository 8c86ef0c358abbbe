package xmover.cluster;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import xmover.cluster.ClusterFailure.Kind;
import xmover.environment.Timers;

/**
 * A cluster that is asked again when that may help, and left alone by a circuit breaker when it
 * can't be reached repeatedly. A write that may have been applied is never sent again here: whoever
 * wrote it reads back. Restores don't come through here, a breaker must never block them.
 */
public final class GuardedCluster implements Cluster {
  private static final Duration REST = Duration.ofSeconds(30);

  /**
   * Failures this far apart count together: five connect timeouts in a row, on three hosts each,
   * take minutes.
   */
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Cluster cluster;
  private final Timers timers;
  private final DoubleSupplier chance;
  private final Consumer<Statement> again;
  private final CircuitBreaker breaker;

  /**
   * @param chance a number from 0 to 1, for jitter
   * @param states is told each state the breaker comes to: open, half-open, closed
   * @param again is told each statement that failed and will be sent again
   */
  public GuardedCluster(
      Cluster cluster,
      Vertx vertx,
      Timers timers,
      DoubleSupplier chance,
      Consumer<String> states,
      Consumer<Statement> again) {
    this(cluster, vertx, timers, chance, states, again, REST);
  }

  /**
   * @param rest how long an open breaker lets nothing through
   */
  GuardedCluster(
      Cluster cluster,
      Vertx vertx,
      Timers timers,
      DoubleSupplier chance,
      Consumer<String> states,
      Consumer<Statement> again,
      Duration rest) {
    this.cluster = cluster;
    this.again = again;
    this.timers = timers;
    this.chance = chance;
    this.breaker =
        CircuitBreaker.create("cluster", vertx, options(rest))
            .<List<Row>>failurePolicy(result -> isConnectionFailure(result.cause()))
            .openHandler(opened -> states.accept("open"))
            .halfOpenHandler(probing -> states.accept("half-open"))
            .closeHandler(closed -> states.accept("closed"));
  }

  static CircuitBreakerOptions options(Duration rest) {
    return new CircuitBreakerOptions()
        .setMaxFailures(5)
        .setFailuresRollingWindow(WINDOW.toMillis())
        // Statements have their own timeouts, which depend on what they do.
        .setTimeout(-1)
        .setResetTimeout(rest.toMillis());
  }

  /** True while the cluster could not be reached repeatedly: nothing new should be begun. */
  public boolean isOpen() {
    return breaker.state() == CircuitBreakerState.OPEN;
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    return attempt(statement, 1);
  }

  @Override
  public Future<Void> close() {
    breaker.close();
    return cluster.close();
  }

  private Future<List<Row>> attempt(Statement statement, int attempt) {
    return breaker
        .execute(() -> cluster.execute(statement))
        .recover(failure -> again(statement, attempt, told(failure)));
  }

  /** Which policy holds is known only by the failure, and may be another one the next time. */
  private Future<List<Row>> again(Statement statement, int attempt, Throwable failure) {
    return retry(statement, failure)
        .map(policy -> new Retry(policy, timers, chance, attempt))
        .filter(retry -> !retry.isLast())
        .map(retry -> later(statement, retry))
        .orElseGet(() -> Future.failedFuture(failure));
  }

  private Future<List<Row>> later(Statement statement, Retry retry) {
    again.accept(statement);
    return retry.again(next -> attempt(statement, next.attempt()));
  }

  private Optional<RetryPolicy> retry(Statement statement, Throwable thrown) {
    if (!(thrown instanceof ClusterFailure failure) || isOpen()) {
      return Optional.empty();
    }
    boolean read = statement.kind() == Statement.Kind.READ;
    return switch (failure.kind()) {
      case UNREACHABLE, UNKNOWN_HOST, CONNECT_TIMEOUT, OTHER_CLUSTER ->
          Optional.of(RetryPolicy.CONNECTION);
      case CONNECTION_LOST -> read ? Optional.of(RetryPolicy.CONNECTION) : Optional.empty();
      case SERVER, NOT_READY, TIMEOUT ->
          read ? Optional.of(RetryPolicy.STATEMENT) : Optional.empty();
      case TLS,
          CERTIFICATE,
          AUTHENTICATION,
          NOT_CRATEDB,
          PRIVILEGE,
          UNKNOWN_RELATION,
          REFUSED,
          SHARD_LIMIT,
          BLOCKED ->
          Optional.empty();
    };
  }

  private static boolean isConnectionFailure(Throwable cause) {
    return cause instanceof ClusterFailure failure && failure.kind().isConnection();
  }

  private static Throwable told(Throwable failure) {
    return failure instanceof OpenCircuitException
        ? new ClusterFailure(
            Kind.UNREACHABLE,
            "the cluster could not be reached repeatedly: nothing is sent for 30 s"
                + " (circuit breaker open)",
            null,
            failure)
        : failure;
  }
}
