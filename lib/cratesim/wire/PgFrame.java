package cratesim.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client, read from front to back. Reading past its end throws {@link
 * IndexOutOfBoundsException}: the client broke the protocol.
 */
final class PgFrame {
  /** The type of the first messages of a connection, which carry none. */
  static final char UNTYPED = 0;

  final char type;
  private final Buffer body;
  private int at;

  PgFrame(char type, Buffer body) {
    this.type = type;
    this.body = body;
  }

  boolean hasMore() {
    return at < body.length();
  }

  char character() {
    return (char) body.getByte(at++);
  }

  int int16() {
    int value = body.getUnsignedShort(at);
    at += 2;
    return value;
  }

  int int32() {
    int value = body.getInt(at);
    at += 4;
    return value;
  }

  String text() {
    int end = at;
    while (body.getByte(end) != 0) {
      end++;
    }
    String text = body.getString(at, end, StandardCharsets.UTF_8.name());
    at = end + 1;
    return text;
  }

  /** A value with its length in front, null when that is -1. */
  @Nullable Buffer value() {
    int length = int32();
    if (length < 0) {
      return null;
    }
    var value = body.getBuffer(at, at + length);
    at += length;
    return value;
  }
}
