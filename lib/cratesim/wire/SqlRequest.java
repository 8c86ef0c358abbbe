package cratesim.wire;

import cratesim.model.SqlError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a {@code POST /_sql}.
 *
 * @param bulkArgs null when the statement is to be executed once
 */
record SqlRequest(String statement, List<Object> args, @Nullable List<List<Object>> bulkArgs) {
  /** Fails as CrateDB does for a body that is none. */
  static SqlRequest parse(Buffer body) throws SqlError {
    if (body.length() == 0) {
      throw invalid("SQLParseException[Missing request body]");
    }
    try {
      var json = body.toJsonObject().getMap();
      var statement = (String) json.get("stmt");
      if (statement == null) {
        throw new SqlError(500, 5000, "XX000", "SQLParseSourceException[Field [stmt] is missing]");
      }
      var args = list(json.get("args"));
      var bulk = json.get("bulk_args") == null ? null : lists(list(json.get("bulk_args")));
      if (!args.isEmpty() && bulk != null && !bulk.isEmpty()) {
        throw invalid(
            "IllegalArgumentException[request body contains args and bulk_args."
                + " It's forbidden to provide both]");
      }
      return new SqlRequest(statement, args, bulk);
    } catch (DecodeException | ClassCastException malformed) {
      throw invalid(
          "SQLParseException[Can't parse ["
              + body
              + "]. Expecting payload with `stmt` string and"
              + " `args` or `bulk_args` arrays]");
    }
  }

  private static List<Object> list(@Nullable Object value) {
    return value == null ? List.of() : new ArrayList<>((List<?>) value);
  }

  private static List<List<Object>> lists(List<Object> values) {
    return values.stream().map(SqlRequest::list).toList();
  }

  private static SqlError invalid(String message) {
    return new SqlError(400, 4000, "XX000", message);
  }
}
