package cratesim.wire;

import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A PostgreSQL client byte by byte: writes any message, reads the server's one after the other. */
final class RawPg implements AutoCloseable {
  static final int SSL_REQUEST = 80877103;
  static final int GSSENC_REQUEST = 80877104;
  static final int CANCEL_REQUEST = 80877102;
  static final int VERSION_3 = 3 << 16;

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  RawPg(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
  }

  /** One message of the server: its type and its body, read as text where it is. */
  record Message(char type, Buffer body) {
    String text() {
      return body.toString(StandardCharsets.UTF_8).replace('\0', '|');
    }
  }

  /** Started up as {@code crate}. */
  static RawPg ready(int port) throws IOException {
    var raw = new RawPg(port);
    raw.startUp("crate").until('Z');
    return raw;
  }

  RawPg startUp(String user) throws IOException {
    return untyped(VERSION_3, text("user").appendBuffer(text(user)).appendByte((byte) 0));
  }

  RawPg untyped(int code, Buffer body) throws IOException {
    return bytes(Buffer.buffer().appendInt(body.length() + 8).appendInt(code).appendBuffer(body));
  }

  RawPg send(char type, Buffer body) throws IOException {
    return bytes(message(type, body));
  }

  RawPg bytes(Buffer bytes) throws IOException {
    out.write(bytes.getBytes());
    out.flush();
    return this;
  }

  RawPg query(String sql) throws IOException {
    return send('Q', text(sql));
  }

  RawPg parse(String sql) throws IOException {
    return send('P', text("").appendBuffer(text(sql)).appendShort((short) 0));
  }

  RawPg bind() throws IOException {
    return send('B', text("").appendBuffer(text("")).appendInt(0).appendShort((short) 0));
  }

  RawPg execute(int limit) throws IOException {
    return send('E', text("").appendInt(limit));
  }

  RawPg sync() throws IOException {
    return send('S', Buffer.buffer());
  }

  char character() throws IOException {
    return (char) in.readByte();
  }

  boolean atEnd() throws IOException {
    return in.read() < 0;
  }

  Message next() throws IOException {
    char type = character();
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    return new Message(type, Buffer.buffer(body));
  }

  /** Types of the messages up to the first of this type, which is returned with them. */
  String until(char last) throws IOException {
    var types = new StringBuilder();
    char type;
    do {
      type = next().type();
      types.append(type);
    } while (type != last);
    return types.toString();
  }

  static Buffer text(String text) {
    return Buffer.buffer(text).appendByte((byte) 0);
  }

  static Buffer message(char type, Buffer body) {
    return Buffer.buffer().appendByte((byte) type).appendInt(body.length() + 4).appendBuffer(body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
