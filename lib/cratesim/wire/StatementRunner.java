package cratesim.wire;

import cratesim.SqlEndpoint;
import cratesim.StatementLog;
import cratesim.faults.Fault;
import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import cratesim.scenario.ScenarioEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Brings what came over a wire to the endpoint, off the event loop, and does to it what the faults
 * say. Futures fail with {@link SqlError} or {@link ConnectionDropped}, nothing else.
 */
final class StatementRunner {
  private static final SqlAnswer NOTHING = new SqlAnswer(List.of(), List.of(), "ALTER", -1);

  private final Scheduling scheduling;
  private final SqlEndpoint endpoint;
  private final Faults faults;
  private final StatementLog log;

  StatementRunner(Scheduling scheduling, SqlEndpoint endpoint, Faults faults, StatementLog log) {
    this.scheduling = scheduling;
    this.endpoint = endpoint;
    this.faults = faults;
    this.log = log;
  }

  /** The time of the simulated cluster. */
  Instant now() {
    return log.now();
  }

  Faults.Connection connect(FaultyWire wire) {
    return faults.onConnection(wire);
  }

  Future<Boolean> needsPassword(String user) {
    return blocking(() -> endpoint().needsPassword(user));
  }

  /** Fails with SQLSTATE 28000 and CrateDB's words when the user may not come in. */
  Future<Void> login(String user, String password) {
    return blocking(
        () -> {
          if (!endpoint().authenticates(user, password)) {
            String method = endpoint().needsPassword(user) ? "password" : "trust";
            throw new SqlError(
                401, 4011, "28000", method + " authentication failed for user \"" + user + "\"");
          }
          return null;
        });
  }

  Future<List<SqlAnswer.Column>> describe(String user, String statement) {
    return blocking(() -> endpoint().describe(user, statement));
  }

  Future<List<SqlAnswer.ColumnType>> parameterTypes(String statement) {
    return blocking(() -> endpoint().parameterTypes(statement));
  }

  /** Executes a statement, as far as no fault hinders it, for an answer that goes out there. */
  Future<SqlAnswer> execute(
      String user, String statement, List<Object> parameters, Outgoing outgoing) {
    log.arrived(user, statement);
    var asked = new Asked(user, statement, parameters, outgoing);
    Supplier<Future<SqlAnswer>> execution =
        () ->
            blocking(() -> endpoint().execute(user, statement, parameters))
                .onSuccess(answer -> faults.answered(asked.key(), statement, answer));
    var hits = new ArrayList<>(faults.onStatement(outgoing.wire(), statement));
    Collections.reverse(hits);
    for (Faults.Armed hit : hits) {
      Supplier<Future<SqlAnswer>> inner = execution;
      execution = () -> disturbed(hit, asked, inner);
    }
    return execution.get();
  }

  /** A statement as it came. */
  private record Asked(String user, String statement, List<Object> parameters, Outgoing outgoing) {
    private Object key() {
      return Arrays.asList(user, statement, parameters);
    }
  }

  private SqlEndpoint endpoint() {
    return faults.stranger().orElse(endpoint);
  }

  private Future<SqlAnswer> disturbed(
      Faults.Armed hit, Asked asked, Supplier<Future<SqlAnswer>> execution) {
    Fault.Effect effect = hit.effect();
    if (effect instanceof Fault.Incident incident) {
      return incident.afterwards()
          ? execution.get().compose(answer -> happens(hit, incident, asked).map(answer))
          : happens(hit, incident, asked).compose(happened -> execution.get());
    }
    if (effect instanceof Fault.OddCell || effect instanceof Fault.OddRows) {
      return execution.get().map(answer -> odd(hit, answer));
    }
    if (effect == Fault.Disruption.REPEAT_ANSWER) {
      return repeated(hit, asked.key(), execution);
    }
    if (effect == Fault.Disruption.OTHER_ANSWER) {
      return execution.get().map(answer -> ofAnother(hit, asked, answer));
    }
    if (effect == Fault.Disruption.OTHER_CLUSTER) {
      endpoint.stranger().filter(other -> hit.happened()).ifPresent(faults::standIn);
      return execution.get();
    }
    if (effect instanceof Fault.Acknowledge acknowledge && acknowledge.appliedAfter() != null) {
      double seconds = acknowledge.appliedAfter().toMillis() / 1000.0;
      var later = ScenarioEvent.execute(seconds, asked.user(), asked.statement());
      var incident = new Fault.Incident(List.of(later), false, List.of());
      return happens(hit, incident, asked).map(NOTHING);
    }
    hit.happened();
    if (effect instanceof Fault.Outside outside) {
      faults.happened(outside);
      return outside.breaks() ? dropped() : execution.get();
    }
    return disturbed(effect, asked.outgoing(), execution);
  }

  private Future<SqlAnswer> disturbed(
      Fault.Effect effect, Outgoing outgoing, Supplier<Future<SqlAnswer>> execution) {
    if (effect instanceof Fault.Fail fail) {
      Future<SqlAnswer> failure = Future.failedFuture(fail.error());
      return fail.executed() ? execution.get().transform(executed -> failure) : failure;
    }
    if (effect instanceof Fault.Delay delay) {
      return execution.get().eventually(() -> scheduling.after(faults.paced(delay.time())));
    }
    if (effect instanceof Fault.Silence silence) {
      return silence.which() == Fault.Connections.NEW ? dropped() : unanswered();
    }
    if (effect instanceof Fault.Acknowledge) {
      return Future.succeededFuture(NOTHING);
    }
    if (effect instanceof Fault.Page page) {
      outgoing.spoil(page);
      return page.executed()
          ? execution.get().transform(executed -> Future.succeededFuture(NOTHING))
          : Future.succeededFuture(NOTHING);
    }
    if (effect instanceof Fault.Trickle trickle) {
      var pace = new Fault.Trickle(faults.paced(trickle.pause()));
      return execution.get().onSuccess(answer -> outgoing.spoil(pace));
    }
    if (effect instanceof Fault.Spoiled) {
      return execution.get().onSuccess(answer -> outgoing.spoil(effect));
    }
    return switch ((Fault.Disruption) effect) {
      case CLOSE_BEFORE_EXECUTING, REFUSE_CONNECTION -> dropped();
      case CLOSE_AFTER_EXECUTING -> execution.get().transform(lost -> dropped());
      case HANG -> hanging(execution);
      case REPEAT_ANSWER, OTHER_ANSWER, OTHER_CLUSTER -> execution.get();
    };
  }

  private static Future<SqlAnswer> dropped() {
    return Future.failedFuture(new ConnectionDropped());
  }

  private static Future<SqlAnswer> unanswered() {
    return Promise.<SqlAnswer>promise().future();
  }

  private Future<Void> happens(Faults.Armed hit, Fault.Incident incident, Asked asked) {
    return blocking(
        () -> {
          if (hit.happened()) {
            endpoint()
                .happen(incident, asked.user(), asked.statement())
                .ifPresentOrElse(hit::mendedBy, hit::missed);
          }
          return null;
        });
  }

  private static SqlAnswer odd(Faults.Armed hit, SqlAnswer answer) {
    SqlAnswer odd =
        hit.effect() instanceof Fault.OddCell cell
            ? OddAnswer.with(cell, answer)
            : OddAnswer.with((Fault.OddRows) hit.effect(), answer);
    return !odd.equals(answer) && hit.happened() ? odd : answer;
  }

  private SqlAnswer ofAnother(Faults.Armed hit, Asked asked, SqlAnswer answer) {
    return faults.answerOfAnother(asked.statement()).filter(other -> hit.happened()).orElse(answer);
  }

  private Future<SqlAnswer> repeated(
      Faults.Armed hit, Object asked, Supplier<Future<SqlAnswer>> execution) {
    var earlier = faults.given().get(asked);
    if (earlier == null) {
      return execution.get().onSuccess(answer -> faults.given().put(asked, answer));
    }
    return hit.happened() ? Future.succeededFuture(earlier) : execution.get();
  }

  private Future<SqlAnswer> hanging(Supplier<Future<SqlAnswer>> execution) {
    // Taken before it executes: a release that comes meanwhile counts for this one too.
    var release = faults.released();
    return execution.get().eventually(() -> scheduling.with(release));
  }

  private <T> Future<T> blocking(Callable<T> call) {
    return scheduling.run(call).recover(failure -> Future.failedFuture(asSqlError(failure)));
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
