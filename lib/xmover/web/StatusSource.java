package xmover.web;

import io.vertx.core.Future;
import java.util.Optional;

/** What a status server shows, and what it passes on. Asked on the server's event loop. */
interface StatusSource {
  /** How it stands now. */
  StatusFrame<?> frame();

  /** That of the frame: another one when something changed. It is asked a few times a second. */
  default long version() {
    return frame().version();
  }

  /** In Prometheus' text form; empty when there are none. */
  default Optional<String> metrics() {
    return Optional.empty();
  }

  /** What a run did, as a page of its own; empty while it goes on, and where there is no run. */
  default Optional<String> reportPage() {
    return Optional.empty();
  }

  /** The same for programs. */
  default Optional<String> reportJson() {
    return Optional.empty();
  }

  /** Completes when the one that works answers. */
  default Future<Void> alive() {
    return Future.succeededFuture();
  }

  /** Passes an order on; answers why it is refused, empty when it is not. */
  default Optional<String> order(Order order) {
    return Optional.of("nothing runs here that could be told to " + order.word());
  }
}
