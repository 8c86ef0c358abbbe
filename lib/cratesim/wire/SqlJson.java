package cratesim.wire;

import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;

/** CrateDB's JSON for answers and errors. */
final class SqlJson {
  private static final int ARRAY = 100;
  private static final long FAILED = -2;

  private SqlJson() {}

  /** An answer up to its first row. */
  static String head(List<SqlAnswer.Column> columns, boolean withTypes) {
    var names = new JsonArray();
    var types = new JsonArray();
    for (var column : columns) {
      names.add(column.name());
      int id = column.type().httpId();
      types.add(column.type().isArray() ? new JsonArray().add(ARRAY).add(id) : id);
    }
    return "{\"cols\":" + names + (withTypes ? ",\"col_types\":" + types : "") + ",\"rows\":[";
  }

  static String row(List<Object> cells) {
    return Json.encode(cells);
  }

  /** An answer after its last row. */
  static String tail(long rowCount, Duration took) {
    return "],\"rowcount\":" + rowCount + ",\"duration\":" + milliseconds(took) + "}";
  }

  /** The answer to a statement executed for each of several lists of arguments. */
  static JsonObject bulk(List<JsonObject> results, Duration took) {
    return new JsonObject()
        .put("cols", new JsonArray())
        .put("duration", milliseconds(took))
        .put("results", new JsonArray(results));
  }

  static JsonObject bulkResult(SqlAnswer answer) {
    return new JsonObject().put("rowcount", answer.rowCount());
  }

  static JsonObject bulkResult(SqlError error) {
    return new JsonObject().put("rowcount", FAILED).put("error", described(error));
  }

  static JsonObject error(SqlError error, boolean withTrace) {
    var json = new JsonObject().put("error", described(error));
    if (withTrace) {
      var trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace, true));
      json.put("error_trace", trace.toString());
    }
    return json;
  }

  private static JsonObject described(SqlError error) {
    return new JsonObject().put("message", error.getMessage()).put("code", error.code());
  }

  private static float milliseconds(Duration took) {
    return took.toNanos() / 1_000_000f;
  }
}
