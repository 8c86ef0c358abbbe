package cratesim.wire;

import cratesim.SqlAnswer;
import cratesim.SqlError;
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

/** One {@code /_sql} request of a user who may come in. */
final class SqlHandler {
  private final StatementRunner runner;
  private final String user;
  private final HttpServerRequest request;
  private final Instant started;

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
        ? runner.execute(user, sql.statement(), sql.args()).compose(this::answer)
        : bulk(sql.statement(), bulkArgs, 0, new ArrayList<>()).compose(this::answerBulk);
  }

  private Future<List<JsonObject>> bulk(
      String statement, List<List<Object>> args, int at, List<JsonObject> results) {
    if (at == args.size()) {
      return Future.succeededFuture(results);
    }
    return runner
        .execute(user, statement, args.get(at))
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
    var head = Buffer.buffer(SqlJson.head(answer.columns(), flag("types")));
    if (answer.columns().isEmpty()) {
      return end(head.appendString("[]"), answer);
    }
    return rows(answer, 0, head, new PacedStream(request.response(), Vertx.currentContext()));
  }

  private Future<Void> rows(SqlAnswer answer, int from, Buffer chunk, PacedStream stream) {
    int row = from;
    while (row < answer.rows().size() && chunk.length() < PacedStream.CHUNK) {
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
    return response(200).end(chunk.appendString(SqlJson.tail(answer.rowCount(), took())));
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
