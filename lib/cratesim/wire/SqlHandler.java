package cratesim.wire;

import cratesim.faults.Fault;
import cratesim.faults.FaultyWire;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code /_sql} request of a user who may come in. */
final class SqlHandler implements Outgoing {
  private final StatementRunner runner;
  private final String user;
  private final HttpServerRequest request;
  private final Instant started;
  private Fault.@Nullable Effect spoiled;

  SqlHandler(StatementRunner runner, String user, HttpServerRequest request) {
    this.runner = runner;
    this.started = runner.now();
    this.user = user;
    this.request = request;
  }

  /** Answers, also when the statement fails; fails itself when the connection is to be dropped. */
  Future<Void> handle(Buffer body) {
    return execute(body).recover(this::answerError);
  }

  @Override
  public FaultyWire wire() {
    return FaultyWire.HTTP;
  }

  @Override
  public void spoil(Fault.Effect how) {
    spoiled = how;
  }

  private Duration took() {
    return Duration.between(started, runner.now());
  }

  private Future<Void> execute(Buffer body) {
    SqlRequest sql;
    try {
      sql = SqlRequest.parse(body);
    } catch (SqlError error) {
      return Future.failedFuture(error);
    }
    var bulkArgs = sql.bulkArgs();
    return bulkArgs == null
        ? runner.execute(user, sql.statement(), sql.args(), this).compose(this::answer)
        : bulk(sql.statement(), bulkArgs, 0, new ArrayList<>()).compose(this::answerBulk);
  }

  private Future<List<JsonObject>> bulk(
      String statement, List<List<Object>> args, int at, List<JsonObject> results) {
    if (at == args.size()) {
      return Future.succeededFuture(results);
    }
    return runner
        .execute(user, statement, args.get(at), this)
        .map(SqlJson::bulkResult)
        .recover(SqlHandler::failedResult)
        .onSuccess(results::add)
        .compose(result -> bulk(statement, args, at + 1, results));
  }

  private static Future<JsonObject> failedResult(Throwable failure) {
    return failure instanceof SqlError error
        ? Future.succeededFuture(SqlJson.bulkResult(error))
        : Future.failedFuture(failure);
  }

  private Future<Void> answerBulk(List<JsonObject> results) {
    return response(200).end(SqlJson.bulk(results, took()).toBuffer());
  }

  private Future<Void> answer(SqlAnswer answer) {
    if (spoiled instanceof Fault.Page page) {
      return show(page);
    }
    var head = Buffer.buffer(SqlJson.head(answer.columns(), flag("types")));
    if (answer.columns().isEmpty()) {
      return end(head.appendString("[]"), answer);
    }
    return rows(answer, 0, head, new PacedStream(request.response(), Vertx.currentContext()));
  }

  private Future<Void> rows(SqlAnswer answer, int from, Buffer chunk, PacedStream stream) {
    int row = from;
    while (row < answer.rows().size() && (spoiled != null || chunk.length() < PacedStream.CHUNK)) {
      chunk.appendString(row == 0 ? "" : ",").appendString(SqlJson.row(answer.rows().get(row)));
      row++;
    }
    if (row == answer.rows().size()) {
      return end(chunk, answer);
    }
    int next = row;
    if (from == 0) {
      response(200).setChunked(true);
    }
    return stream.write(chunk).compose(sent -> rows(answer, next, Buffer.buffer(), stream));
  }

  private Future<Void> end(Buffer chunk, SqlAnswer answer) {
    return send(chunk.appendString(SqlJson.tail(answer.rowCount(), took())));
  }

  private Future<Void> send(Buffer body) {
    var response = response(200);
    if (spoiled instanceof Fault.Trickle trickle) {
      response.putHeader("Content-Length", String.valueOf(body.length()));
      return SpoiledBytes.trickle(body, trickle.pause(), response::write, Vertx.currentContext())
          .compose(sent -> response.end());
    }
    if (!(spoiled instanceof Fault.Spoiled how)) {
      return response.end(body);
    }
    return switch (how) {
      case GARBAGE -> response.end(SpoiledBytes.garbage(body.length()));
      case DOUBLED -> response.end(body.copy().appendBuffer(body));
      case CUT_ANSWER -> cut(body, body.length() / 2);
      case CUT_FRAME -> cut(body, 1);
    };
  }

  private Future<Void> cut(Buffer body, int length) {
    return response(200)
        .putHeader("Content-Length", String.valueOf(body.length()))
        .write(body.slice(0, length))
        .compose(sent -> Future.failedFuture(new ConnectionDropped()));
  }

  private Future<Void> show(Fault.Page page) {
    var response = request.response().setStatusCode(page.status());
    if (page.location() != null) {
      response.putHeader("Location", page.location());
    }
    return response
        .putHeader("Content-Type", "text/html")
        .putHeader("Server", "nginx")
        .end(
            """
            <html>
            <head><title>%1$s %2$s</title></head>
            <body><center><h1>%1$s %2$s</h1></center><hr><center>nginx</center></body>
            </html>
            """
                .formatted(page.status(), response.getStatusMessage()));
  }

  private Future<Void> answerError(Throwable failure) {
    if (failure instanceof ConnectionDropped || request.response().headWritten()) {
      return Future.failedFuture(failure);
    }
    var error = StatementRunner.asSqlError(failure);
    return response(error.httpStatus())
        .setChunked(false)
        .end(SqlJson.error(error, flag("error_trace")).toBuffer());
  }

  private HttpServerResponse response(int status) {
    var response = request.response();
    return response.headWritten()
        ? response
        : response
            .setStatusCode(status)
            .putHeader("Content-Type", "application/json; charset=UTF-8");
  }

  private boolean flag(String name) {
    String value = request.getParam(name);
    return value != null && (value.isEmpty() || value.equals("true"));
  }
}
