package xmover.reset;

import io.vertx.core.Future;
import java.util.Optional;
import xmover.table.Finding;
import xmover.table.TableIdentity;

/** Waits for the replicas of a table and tells whether it is healed. */
@FunctionalInterface
public interface Recovery {
  /** Waits for nothing. */
  Recovery NONE = (table, stopped) -> Future.succeededFuture(Cure.notAwaited("not waited for"));

  /**
   * Looks at the copies until they are healed or its time is over; never fails.
   *
   * @param stopped completes when nobody waits any longer
   */
  Future<Cure> await(Finding table, Future<Void> stopped);

  /**
   * The same of the table that is known so, whichever has its name by now.
   *
   * @param identity empty where nobody could tell
   */
  default Future<Cure> await(
      Finding table, Optional<TableIdentity> identity, Future<Void> stopped) {
    return await(table, stopped);
  }
}
