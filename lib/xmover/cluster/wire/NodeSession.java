package xmover.cluster.wire;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;

/** One connection to a node, for one statement at a time. */
interface NodeSession {
  /**
   * Sends a statement and answers its rows. A {@link ClusterFailure} is what the server said;
   * anything else broke the connection, and it has to be closed.
   */
  Future<List<Row>> execute(Statement statement, Duration timeout);

  /** True once the connection broke. */
  boolean isBroken();

  /** Ends the connection at once, whatever it waits for. */
  Future<Void> close();
}
