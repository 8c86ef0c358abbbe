package xmover.reset;

import io.vertx.core.Future;
import xmover.table.Finding;

/** Waits for the replicas of a table and tells whether it is healed. */
@FunctionalInterface
public interface RecoveryCheck {
  /** Waits for nothing. */
  RecoveryCheck NONE =
      (table, stopped) -> Future.succeededFuture(Cure.notAwaited("not waited for"));

  /**
   * Looks at the copies until they are healed or its time is over; never fails.
   *
   * @param stopped completes when nobody waits any longer
   */
  Future<Cure> await(Finding table, Future<Void> stopped);
}
