package cratesim.wire;

import cratesim.faults.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;

/** Sends an answer as a fault wants it. */
final class SpoiledBytes {
  private static final int FRAME_HEAD = 5;

  private SpoiledBytes() {}

  /** Cuts PostgreSQL's messages where they end, or not. */
  static Buffer cut(Fault.Spoiled how, Buffer messages) {
    int end = 0;
    int next = length(messages, 0);
    while (next < messages.length() && next <= messages.length() / 2) {
      end = next;
      next += length(messages, next);
    }
    return messages.slice(0, how == Fault.Spoiled.CUT_FRAME ? end + 3 : end);
  }

  private static int length(Buffer messages, int at) {
    return at + FRAME_HEAD > messages.length() ? messages.length() : 1 + messages.getInt(at + 1);
  }

  /** As many bytes that mean nothing, always the same. */
  static Buffer garbage(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  /** A byte at a time. */
  static Future<Void> trickle(
      Buffer bytes, Duration pause, Function<Buffer, Future<Void>> target, Context context) {
    Promise<Void> whole = Promise.promise();
    trickle(bytes, 0, Math.max(1, pause.toMillis()), target, context, whole);
    return whole.future();
  }

  /** One future for all bytes: as many as those, each within the next, would overflow the stack. */
  private static void trickle(
      Buffer bytes,
      int at,
      long millis,
      Function<Buffer, Future<Void>> target,
      Context context,
      Promise<Void> whole) {
    if (at == bytes.length()) {
      whole.complete();
      return;
    }
    target
        .apply(bytes.slice(at, at + 1))
        .compose(sent -> context.owner().timer(millis))
        .onSuccess(waited -> trickle(bytes, at + 1, millis, target, context, whole))
        .onFailure(whole::fail);
  }
}
