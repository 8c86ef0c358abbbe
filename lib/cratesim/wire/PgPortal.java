package cratesim.wire;

import cratesim.model.SqlAnswer;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A statement with its parameters, and how much of its answer the client has fetched. */
final class PgPortal {
  private final String statement;
  private final List<Object> parameters;
  private final PgFormats formats;
  private @Nullable SqlAnswer suspended;
  private int sent;

  PgPortal(String statement, List<Object> parameters, PgFormats formats) {
    this.statement = statement;
    this.parameters = parameters;
    this.formats = formats;
  }

  String statement() {
    return statement;
  }

  List<Object> parameters() {
    return parameters;
  }

  PgFormats formats() {
    return formats;
  }

  /** What is left of a suspended answer, else a new one. */
  Future<SqlAnswer> answer(Supplier<Future<SqlAnswer>> execution) {
    return suspended != null ? Future.succeededFuture(suspended) : execution.get();
  }

  /**
   * Sends the next rows.
   *
   * @param limit rows to send at most, 0 for all; when it is reached the portal is suspended
   */
  Future<Void> send(SqlAnswer answer, int limit, PgOutput output) {
    int left = answer.rows().size() - sent;
    boolean suspend = limit > 0 && left >= limit && !answer.columns().isEmpty();
    int rows = suspend ? limit : left;
    int from = sent;
    sent = suspend ? sent + limit : 0;
    suspended = suspend ? answer : null;
    return output
        .rows(answer, from, from + rows, formats)
        .onSuccess(written -> end(answer, rows, output));
  }

  private void end(SqlAnswer answer, int rows, PgOutput output) {
    if (suspended != null) {
      output.messages().bare('s');
    } else {
      output.complete(answer, rows);
    }
  }
}
