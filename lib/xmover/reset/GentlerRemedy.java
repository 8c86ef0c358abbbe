package xmover.reset;

import io.vertx.core.Future;
import java.util.Optional;
import xmover.table.Finding;

/** What is tried before a reset, or instead of one. */
@FunctionalInterface
public interface GentlerRemedy {
  /** Always the reset. */
  GentlerRemedy NONE = (table, stopped) -> Future.succeededFuture(Optional.empty());

  /**
   * Applies what fits; never fails.
   *
   * @param stopped completes when nobody waits any longer
   * @return empty when nothing gentler fits and the reset is to follow
   */
  Future<Optional<Treatment>> apply(Finding table, Future<Void> stopped);
}
