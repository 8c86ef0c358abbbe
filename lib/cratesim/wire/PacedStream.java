package cratesim.wire;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** Writes as fast as the other side reads, and lets others have the event loop in between. */
final class PacedStream {
  /** Bytes worth sending at once. */
  static final int CHUNK = 64 * 1024;

  private final WriteStream<Buffer> target;
  private final Context context;

  PacedStream(WriteStream<Buffer> target, Context context) {
    this.target = target;
    this.context = context;
  }

  /** Completes, always later, when more may be written. */
  Future<Void> write(Buffer chunk) {
    Promise<Void> ready = Promise.promise();
    target.write(chunk);
    if (target.writeQueueFull()) {
      target.drainHandler(drained -> ready.tryComplete());
    } else {
      context.runOnContext(next -> ready.tryComplete());
    }
    return ready.future();
  }
}
