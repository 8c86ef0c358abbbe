package cratesim.wire;

import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.model.SqlError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** CrateDB's HTTP side: {@code /_sql}, what the node says of itself at {@code /}, and no more. */
final class HttpSqlServer {
  private static final String LOOPBACK = "127.0.0.1";

  private final HttpServer server;
  private final StatementRunner runner;
  private final NodeIdentity node;
  private final Map<HttpConnection, Faults.Connection> connections = new ConcurrentHashMap<>();

  HttpSqlServer(Vertx vertx, StatementRunner runner, NodeIdentity node, @Nullable Tls tls) {
    var options = new HttpServerOptions().setHttp2ClearTextEnabled(false).setUseAlpn(false);

    if (tls != null) {
      options.setSsl(true).setKeyCertOptions(tls.keyCertOptions());
      options.setClientAuth(tls.clientAuth()).setTrustOptions(tls.trusted());
    }
    this.runner = runner;
    this.node = node;
    this.server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::connected)
            .requestHandler(this::handle);
  }

  /**
   * Listens on the loopback address.
   *
   * @param port 0 for any
   * @return the port
   */
  Future<Integer> listen(int port) {
    return server.listen(port, LOOPBACK).map(HttpServer::actualPort);
  }

  Future<Void> close() {
    return server.close();
  }

  private void connected(HttpConnection http) {
    var connection = runner.connect(FaultyWire.HTTP);
    if (connection.isRefused()) {
      http.close();
    } else {
      connections.put(http, connection);
      http.closeHandler(closed -> connections.remove(http));
    }
  }

  private void handle(HttpServerRequest request) {
    var connection = connections.get(request.connection());
    if (connection == null || connection.isSilent()) {
      return;
    }
    var credentials = HttpCredentials.of(request.getHeader("Authorization"));
    request
        .body()
        .compose(body -> admit(credentials, request, body))
        .onFailure(failure -> request.connection().close());
  }

  private Future<Void> admit(HttpCredentials credentials, HttpServerRequest request, Buffer body) {
    return runner
        .login(credentials.user(), credentials.password())
        .transform(
            login ->
                login.succeeded()
                    ? route(credentials.user(), request, body)
                    : turnAway(request, StatementRunner.asSqlError(login.cause())));
  }

  private static Future<Void> turnAway(HttpServerRequest request, SqlError error) {
    return request
        .response()
        .setStatusCode(401)
        .putHeader("WWW-Authenticate", "Basic realm=\"CrateDB Authenticator\"")
        .putHeader("Connection", "close")
        .end(error.getMessage() + "\n");
  }

  private Future<Void> route(String user, HttpServerRequest request, Buffer body) {
    if (request.uri().startsWith("/_sql")) {
      return new SqlHandler(runner, user, request).handle(body);
    }
    boolean gets = request.method().equals(HttpMethod.GET);
    boolean reads = gets || request.method().equals(HttpMethod.HEAD);
    if (request.uri().equals("/") && reads) {
      return introduce(request);
    }
    return gets
        ? notFound(request)
        : request
            .response()
            .setStatusCode(403)
            .end("POST method is not allowed for [" + request.uri() + "]");
  }

  private Future<Void> introduce(HttpServerRequest request) {
    var json =
        new JsonObject()
            .put("ok", true)
            .put("status", 200)
            .put("name", node.node())
            .put("cluster_name", node.cluster())
            .put("version", new JsonObject().put("number", node.version()));
    return request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(json.encodePrettily() + "\n");
  }

  private static Future<Void> notFound(HttpServerRequest request) {
    String path = request.uri().replaceFirst("^/+", "");
    return request.response().setStatusCode(404).end("Requested file [" + path + "] was not found");
  }
}
