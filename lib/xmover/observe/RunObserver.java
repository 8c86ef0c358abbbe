package xmover.observe;

import io.vertx.core.Future;
import java.util.List;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.reset.LeftTable;
import xmover.reset.PastReset;
import xmover.reset.ResetListener;
import xmover.reset.RunReport;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;

/**
 * Watches one run, from its beginning to its end. It is called on the event loop of the run and
 * must not block there; what it throws is logged and costs the run nothing.
 */
public interface RunObserver extends ResetListener {
  /**
   * The run begins and takes orders; nothing was sent to the cluster yet. The only word of an
   * observer that counts: one that fails here can't do what was asked for, and there is no run.
   */
  default Future<Void> begin(RunControl control) {
    return Future.succeededFuture();
  }

  /** The run reached its cluster; the lock and the journal come next. */
  default void runStarted(RunIdentity run, ClusterIdentity cluster) {}

  /** It looked for tables to reset; not told where it only goes on with what others began. */
  default void analysed(Analysis analysis, ResetPolicy policy) {}

  /**
   * It deals with the tables named, and leaves others that earlier runs did not end.
   *
   * @param atZero those of them that may be at 0 replicas
   */
  default void leavesOthers(List<LeftTable> atZero) {}

  /** No more than this much data may have one copy at a time. */
  default void limited(Bytes most) {}

  /** What was healed so far on this cluster, oldest first; told when it begins and when it ends. */
  default void remembered(List<PastReset> past) {}

  /**
   * It is over, every table was dealt with.
   *
   * @param exitCode what the command ends with
   */
  default void runEnded(RunReport report, int exitCode) {}

  /** It ended by an error instead, maybe before it reached its cluster. */
  default void runFailed(Throwable failure, int exitCode) {}

  /** Lets go of what it holds; completes when all that it has to say is said or given up. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
