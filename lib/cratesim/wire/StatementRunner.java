package cratesim.wire;

import cratesim.Fault;
import cratesim.Faults;
import cratesim.SqlAnswer;
import cratesim.SqlEndpoint;
import cratesim.SqlError;
import cratesim.StatementLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Brings what came over a wire to the endpoint, off the event loop, and does to it what the faults
 * say. Futures fail with {@link SqlError} or {@link ConnectionDropped}, nothing else.
 */
final class StatementRunner {
  private final Vertx vertx;
  private final SqlEndpoint endpoint;
  private final Faults faults;
  private final StatementLog log;

  StatementRunner(Vertx vertx, SqlEndpoint endpoint, Faults faults, StatementLog log) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.faults = faults;
    this.log = log;
  }

  /** The time of the simulated cluster. */
  Instant now() {
    return log.now();
  }

  Faults.Connection connect() {
    return faults.onConnection();
  }

  Future<Boolean> needsPassword(String user) {
    return blocking(() -> endpoint.needsPassword(user));
  }

  /** Fails with SQLSTATE 28000 and CrateDB's words when the user may not come in. */
  Future<Void> login(String user, String password) {
    return blocking(
        () -> {
          if (!endpoint.authenticates(user, password)) {
            String method = endpoint.needsPassword(user) ? "password" : "trust";
            throw new SqlError(
                401, 4011, "28000", method + " authentication failed for user \"" + user + "\"");
          }
          return null;
        });
  }

  Future<List<SqlAnswer.Column>> describe(String user, String statement) {
    return blocking(() -> endpoint.describe(user, statement));
  }

  Future<List<SqlAnswer.ColumnType>> parameterTypes(String statement) {
    return blocking(() -> endpoint.parameterTypes(statement));
  }

  Future<SqlAnswer> execute(String user, String statement, List<Object> parameters) {
    log.arrived(user, statement);
    Supplier<Future<SqlAnswer>> execution =
        () -> blocking(() -> endpoint.execute(user, statement, parameters));
    return faults
        .onStatement(statement)
        .map(
            effect ->
                effect == Fault.Disruption.REPEAT_ANSWER
                    ? repeated(Arrays.asList(user, statement, parameters), execution)
                    : disturbed(effect, execution))
        .orElseGet(execution);
  }

  private Future<SqlAnswer> disturbed(Fault.Effect effect, Supplier<Future<SqlAnswer>> execution) {
    if (effect instanceof Fault.Fail fail) {
      Future<SqlAnswer> failure = Future.failedFuture(fail.error());
      return fail.executed() ? execution.get().transform(executed -> failure) : failure;
    }
    if (effect instanceof Fault.Delay delay) {
      return execution.get().eventually(() -> vertx.timer(delay.time().toMillis()));
    }
    return switch ((Fault.Disruption) effect) {
      case CLOSE_BEFORE_EXECUTING -> Future.failedFuture(new ConnectionDropped());
      case CLOSE_AFTER_EXECUTING ->
          execution.get().transform(lost -> Future.failedFuture(new ConnectionDropped()));
      case HANG -> hanging(execution);
      case REFUSE_CONNECTION, REPEAT_ANSWER -> execution.get();
    };
  }

  private Future<SqlAnswer> repeated(Object asked, Supplier<Future<SqlAnswer>> execution) {
    var given = faults.given();
    var earlier = given.get(asked);
    return earlier == null
        ? execution.get().onSuccess(answer -> given.put(asked, answer))
        : Future.succeededFuture(earlier);
  }

  private Future<SqlAnswer> hanging(Supplier<Future<SqlAnswer>> execution) {
    // Taken before it executes: a release that comes meanwhile counts for this one too.
    var release = faults.released();
    return execution
        .get()
        .eventually(() -> Future.fromCompletionStage(release, vertx.getOrCreateContext()));
  }

  private <T> Future<T> blocking(Callable<T> call) {
    // Unordered: each connection waits for its own answer, and must not wait for another's.
    return vertx
        .executeBlocking(call, false)
        .recover(failure -> Future.failedFuture(asSqlError(failure)));
  }

  /** Anything the endpoint throws that it should not is CrateDB's internal error. */
  static SqlError asSqlError(Throwable failure) {
    if (failure instanceof SqlError error) {
      return error;
    }
    String message = failure.getClass().getSimpleName() + "[" + failure.getMessage() + "]";
    return new SqlError(500, 5000, "XX000", message);
  }
}
