package xmover.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Lets a bounded number of statements run at once; the others wait, first come first served. */
final class Bulkhead {
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int free;

  Bulkhead(int atOnce) {
    free = atOnce;
  }

  /** Starts the work when it is its turn; its end is the next one's turn. */
  <T> Future<T> take(Supplier<Future<T>> work) {
    return turn()
        .compose(
            granted ->
                Future.<Void>succeededFuture()
                    .compose(started -> work.get())
                    .eventually(this::pass));
  }

  private synchronized Future<Void> turn() {
    if (free > 0) {
      free--;
      return Future.succeededFuture();
    }
    Promise<Void> turn = Promise.promise();
    waiting.add(turn);
    return turn.future();
  }

  private Future<Void> pass() {
    Promise<Void> next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
      }
    }
    if (next != null) {
      next.complete();
    }
    return Future.succeededFuture();
  }
}
