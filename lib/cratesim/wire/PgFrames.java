package cratesim.wire;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Cuts what arrives, in whatever pieces, into the messages of the protocol. */
final class PgFrames {
  private Buffer pending = Buffer.buffer();
  private int at;

  void append(Buffer data) {
    if (at > 0) {
      pending = pending.getBuffer(at, pending.length());
      at = 0;
    }
    pending.appendBuffer(data);
  }

  boolean isEmpty() {
    return at == pending.length();
  }

  /**
   * The next message, or null when it has not arrived completely.
   *
   * @param typed false for the first messages, which have no type byte
   * @param largest bytes of the longest message accepted
   * @throws ProtocolViolation when its length cannot be
   */
  @Nullable PgFrame next(boolean typed, int largest) throws ProtocolViolation {
    int head = typed ? 5 : 4;
    if (pending.length() < at + head) {
      return null;
    }
    int length = pending.getInt(at + head - 4);
    if (length < 4 || length > largest) {
      throw new ProtocolViolation("08P01", "invalid length of message: " + length);
    }
    int end = at + head - 4 + length;
    if (pending.length() < end) {
      return null;
    }
    char type = typed ? (char) pending.getByte(at) : PgFrame.UNTYPED;
    var frame = new PgFrame(type, pending.getBuffer(at + head, end));
    at = end;
    return frame;
  }
}
