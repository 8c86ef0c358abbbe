package cratesim.wire;

import cratesim.SqlEndpoint;
import cratesim.StatementLog;
import cratesim.faults.Fault;
import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.model.SqlAnswer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import xmover.environment.SteppedTimers;

/** A server that suffers the faults of the list, in stepped time and without a socket. */
public final class Wireless {
  private final StatementRunner runner;
  private final FaultyWire wire;

  /** What came back, and what became of its bytes. */
  public record Reply(SqlAnswer answer, Optional<Fault.Effect> spoiled) {}

  public Wireless(
      SqlEndpoint endpoint,
      Faults faults,
      StatementLog log,
      SteppedTimers timers,
      FaultyWire wire) {
    this.runner = new StatementRunner(stepped(timers), endpoint, faults, log);
    this.wire = wire;
  }

  /** A client comes. */
  public Faults.Connection connect() {
    return runner.connect(wire);
  }

  /** Fails with an SqlError, or with anything else where the connection breaks. */
  public Future<Reply> execute(String user, String statement, List<Object> parameters) {
    var bytes = new Bytes();
    return runner
        .execute(user, statement, parameters, bytes)
        .map(answer -> new Reply(answer, bytes.spoiled));
  }

  private final class Bytes implements Outgoing {
    private Optional<Fault.Effect> spoiled = Optional.empty();

    @Override
    public FaultyWire wire() {
      return wire;
    }

    @Override
    public void spoil(Fault.Effect how) {
      spoiled = Optional.of(how);
    }
  }

  private static Scheduling stepped(SteppedTimers timers) {
    return new Scheduling() {
      @Override
      public <T> Future<T> run(Callable<T> work) {
        return Future.succeededFuture()
            .compose(
                ready -> {
                  try {
                    return Future.succeededFuture(work.call());
                  } catch (Exception failed) {
                    return Future.failedFuture(failed);
                  }
                });
      }

      @Override
      public Future<Void> after(Duration time) {
        return timers.at(time);
      }

      @Override
      public Future<Void> with(CompletionStage<Void> other) {
        return Future.fromCompletionStage(other);
      }
    };
  }
}
