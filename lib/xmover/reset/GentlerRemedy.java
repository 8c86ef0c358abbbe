package xmover.reset;

import io.vertx.core.Future;
import java.util.Optional;
import xmover.table.Finding;

/** What is tried before a reset, or instead of one. */
public interface GentlerRemedy {
  /** Always the reset. */
  GentlerRemedy NONE =
      new GentlerRemedy() {
        @Override
        public Future<Optional<RemedyResult>> apply(
            Finding table, Permit permit, Future<Void> stopped) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Optional<RemedyResult>> healedMeanwhile(
            Finding table, Optional<RemedyResult> tried, Future<Void> stopped) {
          return Future.succeededFuture(Optional.empty());
        }
      };

  /** Whether a remedy may be applied at this moment. */
  @FunctionalInterface
  interface Permit {
    /** Why it may not; empty when it may. */
    Future<Optional<String>> ask(Remedy remedy);

    /**
     * Whether a gate could not see what it had to. Then nothing stronger than what it was asked
     * about may follow, also when it sees again.
     */
    default boolean isUnread() {
      return false;
    }

    /** Whether a pause or an end came since, so that what was answered before is worth nothing. */
    default boolean isHeld() {
      return false;
    }
  }

  /**
   * Applies what fits and is permitted; never fails.
   *
   * @param stopped completes when nobody waits any longer
   * @return empty when nothing gentler fits and the reset is to follow
   */
  Future<Optional<RemedyResult>> apply(Finding table, Permit permit, Future<Void> stopped);

  /**
   * Looks right before a reset whether the table still needs it; fails when that can't be seen.
   *
   * @param tried what did not heal it before
   * @return empty when it does
   */
  Future<Optional<RemedyResult>> healedMeanwhile(
      Finding table, Optional<RemedyResult> tried, Future<Void> stopped);
}
