package cratesim.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** Where the work of a server is done, and how it waits: in real time, or as a test steps. */
interface Scheduling {
  /** Does what may take long. */
  <T> Future<T> run(Callable<T> work);

  Future<Void> after(Duration time);

  /** Completes with it, where the work of the server is done. */
  Future<Void> with(CompletionStage<Void> other);

  /** Off the event loop, in real time. */
  static Scheduling on(Vertx vertx) {
    return new Scheduling() {
      @Override
      public <T> Future<T> run(Callable<T> work) {
        // Unordered: each connection waits for its own answer, and must not wait for another's.
        return vertx.executeBlocking(work, false);
      }

      @Override
      public Future<Void> after(Duration time) {
        return vertx.timer(Math.max(1, time.toMillis())).mapEmpty();
      }

      @Override
      public Future<Void> with(CompletionStage<Void> other) {
        return Future.fromCompletionStage(other, vertx.getOrCreateContext());
      }
    };
  }
}
