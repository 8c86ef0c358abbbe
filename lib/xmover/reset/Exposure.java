package xmover.reset;

import io.vertx.core.Future;
import java.util.Optional;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * How much may be at one copy at the same moment. A table is exposed from before its replicas are
 * dropped until they are back and STARTED, or nobody waits for that any more.
 */
public interface Exposure {
  /** No limit but the run's own. */
  Exposure UNLIMITED =
      new Exposure() {
        @Override
        public Future<Optional<String>> enter(Finding table) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public void recovering(TableRef table) {}

        @Override
        public void leave(TableRef table) {}
      };

  /**
   * Completes when there is room for the table.
   *
   * @return why there never will be; empty when it is in
   */
  Future<Optional<String>> enter(Finding table);

  /** Its setting is back; its replicas are being built. */
  void recovering(TableRef table);

  /** It is exposed no more, or waits no more to be let in. */
  void leave(TableRef table);

  /** The same for tables at 0 already: they count, and nothing keeps them waiting. */
  default Exposure forUnfinished() {
    return this;
  }
}
