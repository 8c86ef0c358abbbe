package xmover.gates.view;

import io.vertx.core.Future;
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
    return timers
        .within(patience, cluster.execute(statement))
        .map(rows)
        .otherwise(
            failure ->
                Reading.unreadable(
                    what + " could not be read: " + ClusterFailure.sentence(failure)));
  }
}
