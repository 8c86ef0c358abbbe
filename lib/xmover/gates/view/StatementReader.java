package xmover.gates.view;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.environment.Timers;

/** Reads what the gates want to see; what can't be read is told, and never fails. */
final class StatementReader {
  private final Cluster cluster;
  private final Timers timers;

  StatementReader(Cluster cluster, Timers timers) {
    this.cluster = cluster;
    this.timers = timers;
  }

  /**
   * Sends one statement.
   *
   * @param what is read, for the reason when it can't be
   * @param patience after which it counts as unreadable
   * @param rows makes the value of the answer
   */
  <T> Future<Reading<T>> read(
      String what, Statement statement, Duration patience, Function<List<Row>, Reading<T>> rows) {
    Promise<Reading<T>> seen = Promise.promise();
    Timers.Alarm late =
        timers.alarm(
            patience,
            () ->
                seen.tryComplete(
                    unreadable(what, "no answer within " + patience.toSeconds() + " s")));
    cluster
        .execute(statement)
        .map(rows)
        .otherwise(failure -> unreadable(what, ClusterFailure.sentence(failure)))
        .onSuccess(seen::tryComplete);
    return seen.future().onComplete(done -> late.cancel());
  }

  private static <T> Reading<T> unreadable(String what, String why) {
    return Reading.unreadable(what + " could not be read: " + why);
  }
}
