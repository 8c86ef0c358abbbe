package xmover.reset.engine;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a table may go to zero; asked again after whatever took time.
 *
 * @param refusal why no table starts any more; empty while they do
 * @param unpaused completes when no pause holds it
 */
record MayStart(Supplier<Optional<String>> refusal, Supplier<Future<Void>> unpaused) {
  /** For what is at zero already: nothing may keep it from being restored. */
  static final MayStart ALWAYS = new MayStart(Optional::empty, Future::succeededFuture);
}
