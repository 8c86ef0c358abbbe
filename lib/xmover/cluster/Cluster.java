package xmover.cluster;

import io.vertx.core.Future;
import java.util.List;

/** The one interface to a CrateDB, whatever carries the statements. */
public interface Cluster {
  /**
   * Sends one statement and answers its rows, none for a statement that returns none. A failed
   * future holds a {@link ClusterFailure}; anything else is a bug.
   */
  Future<List<Row>> execute(Statement statement);

  /** Lets go of every connection. */
  Future<Void> close();
}
