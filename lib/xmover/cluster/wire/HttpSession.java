package xmover.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import xmover.cluster.Row;
import xmover.cluster.Statement;

/** One connection over HTTP, for one statement at a time. */
final class HttpSession implements NodeSession {
  private final HttpClientConnection connection;
  private final RequestOptions request;
  private final ConnectionFaults faults;
  private final ServerErrors errors;
  private volatile boolean broken;

  HttpSession(
      HttpClientConnection connection,
      RequestOptions request,
      ConnectionFaults faults,
      ServerErrors errors) {
    this.connection = connection;
    this.request = request;
    this.faults = faults;
    this.errors = errors;
    connection.closeHandler(closed -> broken = true);
    // The future tells what breaks; without a handler it is logged as well.
    connection.exceptionHandler(told -> broken = true);
  }

  @Override
  public Future<List<Row>> execute(Statement statement, Duration timeout) {
    return connection
        .request(new RequestOptions(request))
        .compose(post -> exchange(post, statement))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(thrown -> broken = true)
        .map(response -> rows(response, statement));
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  @Override
  public Future<Void> close() {
    broken = true;
    return connection.close();
  }

  private static Future<Response> exchange(HttpClientRequest post, Statement statement) {
    return post.send(body(statement))
        .compose(
            response -> response.body().map(body -> new Response(response.statusCode(), body)));
  }

  private static Buffer body(Statement statement) {
    return new JsonObject()
        .put("stmt", statement.text())
        .put("args", new JsonArray(statement.parameters()))
        .toBuffer();
  }

  private List<Row> rows(Response response, Statement statement) {
    HttpAnswer answer = HttpAnswer.of(response.body());
    if (answer.error().isPresent()) {
      var error = answer.error().get();
      throw errors.http(statement, error.code(), error.message());
    } else if (answer.rows().isPresent()) {
      return answer.rows().get();
    }
    throw switch (response.status()) {
      case 401 -> errors.unauthorized(response.body().toString());
      case 429, 500, 502, 503, 504 -> faults.proxy(response.status());
      default -> faults.notCrateDb("HTTP status " + response.status() + " without its JSON", null);
    };
  }

  private record Response(int status, Buffer body) {}
}
