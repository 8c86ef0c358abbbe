package xmover.observe;

import io.vertx.core.Future;
import xmover.reset.RunListener;

/** Listens to one run, from its beginning to its end. */
public interface RunObserver extends RunListener {
  /**
   * The run begins and takes orders; nothing was sent to the cluster yet. The only word of an
   * observer that counts: one that fails here can't do what was asked for, and there is no run.
   */
  default Future<Void> begin(RunControl control) {
    return Future.succeededFuture();
  }

  /** Lets go of what it holds; completes when all that it has to say is said or given up. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
