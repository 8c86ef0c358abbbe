package cratesim.wire;

import cratesim.faults.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** Writes as fast as the other side reads, and lets others have the event loop in between. */
final class PacedStream {
  /** Bytes worth sending at once. */
  static final int CHUNK = 64 * 1024;

  private final WriteStream<Buffer> target;
  private final Context context;
  private Fault.@Nullable Effect spoiled;

  PacedStream(WriteStream<Buffer> target, Context context) {
    this.target = target;
    this.context = context;
  }

  /** What is written next suffers this. */
  void spoil(Fault.Effect how) {
    spoiled = how;
  }

  /** Completes, always later, when more may be written. */
  Future<Void> write(Buffer chunk) {
    Fault.Effect how = spoiled;
    spoiled = null;
    if (how instanceof Fault.Trickle trickle) {
      return SpoiledBytes.trickle(chunk, trickle.pause(), this::whole, context);
    }
    return how instanceof Fault.Spoiled spoils ? spoilt(spoils, chunk) : whole(chunk);
  }

  private Future<Void> spoilt(Fault.Spoiled how, Buffer chunk) {
    return switch (how) {
      case GARBAGE -> whole(SpoiledBytes.garbage(chunk.length()));
      case DOUBLED -> whole(chunk).compose(sent -> whole(chunk));
      case CUT_ANSWER, CUT_FRAME ->
          whole(SpoiledBytes.cut(how, chunk))
              .compose(sent -> Future.failedFuture(new ConnectionDropped()));
    };
  }

  private Future<Void> whole(Buffer chunk) {
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
