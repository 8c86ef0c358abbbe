package xmover.reset;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * Remembers that rebalancing was switched off and what it was, across the death of the process: the
 * cluster itself would show the next run no more than {@code none}.
 */
public interface HoldJournal {
  /**
   * Remembers a hold instead of any other. Completes when it will outlast the death of this process
   * and its machine; until then rebalancing must not be switched off.
   */
  Future<Void> hold(RebalanceHold hold);

  /** Forgets a hold, unless another run's has taken its place. */
  Future<Void> release(RebalanceHold hold);

  /** The hold that was not released. */
  Future<Optional<RebalanceHold>> held();
}
