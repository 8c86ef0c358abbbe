package xmover.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Says to a status server, byte by byte, what no client would. */
final class RawCaller implements AutoCloseable {
  private final Socket socket;

  RawCaller(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
  }

  /** All that is answered to a request until the connection ends. */
  static String answer(int port, String request) throws IOException {
    try (var caller = new RawCaller(port)) {
      caller.says(request);
      return caller.rest();
    }
  }

  void says(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Its side of the connection ends; it listens on. */
  void saysNoMore() throws IOException {
    try {
      socket.shutdownOutput();
    } catch (SocketException letGo) {
      // There is nobody to say it to.
    }
  }

  /** One line of what is answered. */
  String line() throws IOException {
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
      line.append((char) c);
      if (c == '\n') {
        break;
      }
    }
    return line.toString();
  }

  /** What is answered until the server lets go. */
  String rest() throws IOException {
    var all = new StringBuilder();
    try {
      for (String line = line(); !line.isEmpty(); line = line()) {
        all.append(line);
      }
    } catch (SocketException reset) {
      // It let go although more was said.
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
