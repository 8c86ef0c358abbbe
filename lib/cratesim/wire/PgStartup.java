package cratesim.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first messages of a connection: TLS or not, then who wants to come in. */
final class PgStartup implements PgPhase {
  private static final int CANCEL_REQUEST = 80877102;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSSENC_REQUEST = 80877104;
  private static final int PROTOCOL_3_0 = 3 << 16;

  private final NetSocket socket;
  private final PgFrames frames;
  private final PgServerSide server;

  PgStartup(NetSocket socket, PgFrames frames, PgServerSide server) {
    this.socket = socket;
    this.frames = frames;
    this.server = server;
  }

  @Override
  public boolean typed() {
    return false;
  }

  @Override
  public int largestMessage() {
    return 10_000;
  }

  @Override
  public Future<PgPhase> handle(PgFrame frame) {
    int request = frame.int32();
    return switch (request) {
      case SSL_REQUEST -> answerSslRequest();
      case GSSENC_REQUEST -> socket.write(Buffer.buffer("N")).map(this);
      case CANCEL_REQUEST -> socket.close().map(this);
      default -> startUp(request, frame);
    };
  }

  private Future<PgPhase> answerSslRequest() {
    if (server.tls() == null || socket.isSsl()) {
      return socket.write(Buffer.buffer("N")).map(this);
    }
    if (!frames.isEmpty()) {
      // Whoever writes before TLS stands may be somebody in the middle.
      return violation("08P01", "received unencrypted data after SSL request");
    }
    return socket.upgradeToSsl(Buffer.buffer("S")).map(this);
  }

  private Future<PgPhase> startUp(int version, PgFrame frame) {
    int major = version >> 16;
    int minor = version & 0xFFFF;
    if (major != 3) {
      String sentence = "Unsupported frontend protocol %d.%d: server supports 3.0 to 3.0";
      return violation("XX000", sentence.formatted(major, minor));
    }
    var options = options(frame);
    if (minor != 0) {
      var unknown = options.keySet().stream().filter(name -> name.startsWith("_pq_.")).toList();
      socket.write(new PgWriter().protocolVersion(PROTOCOL_3_0, List.copyOf(unknown)).take());
    }
    String user = options.getOrDefault("user", "");
    var tls = server.tls();
    if (tls != null && tls.required() && !socket.isSsl()) {
      String sentence =
          "No valid auth.host_based entry found for host \"%s\", user \"%s\"."
              + " Did you enable TLS in your client?";
      return violation("28000", sentence.formatted(socket.remoteAddress().host(), user));
    }
    var login = new PgLogin(socket, server, user);
    return server
        .runner()
        .needsPassword(user)
        .compose(needed -> needed ? login.askPassword() : login.enter(""));
  }

  private static Map<String, String> options(PgFrame frame) {
    var options = new LinkedHashMap<String, String>();
    for (String name = frame.text(); !name.isEmpty() && frame.hasMore(); name = frame.text()) {
      options.put(name, frame.text());
    }
    return options;
  }

  private static Future<PgPhase> violation(String sqlState, String message) {
    return Future.failedFuture(new ProtocolViolation(sqlState, message));
  }
}
