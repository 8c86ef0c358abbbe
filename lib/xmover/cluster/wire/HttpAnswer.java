package xmover.cluster.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;

/**
 * The body of an answer from {@code /_sql}: rows, or an error, or neither for what is no CrateDB.
 */
record HttpAnswer(Optional<List<Row>> rows, Optional<Fault> error) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpAnswer ALIEN = new HttpAnswer(Optional.empty(), Optional.empty());

  /** CrateDB's code and sentence. */
  record Fault(int code, String message) {}

  /** Reads a body; the rows are taken over one by one, so that a large answer is in memory once. */
  static HttpAnswer of(Buffer body) {
    try (JsonParser parser = JSON.createParser(body.getBytes())) {
      HttpAnswer answer = parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : ALIEN;
      return parser.nextToken() == null ? answer : ALIEN;
    } catch (IOException malformed) {
      return ALIEN;
    }
  }

  private static HttpAnswer object(JsonParser parser) throws IOException {
    List<String> columns = null;
    List<Row> rows = null;
    Fault error = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "cols" -> columns = columns(JSON.readValue(parser, String[].class));
        // CrateDB writes the columns first, and for a statement without rows one empty row.
        case "rows" -> rows = rows(parser, columns);
        case "error" -> error = fault(JSON.readValue(parser, Object.class));
        default -> parser.skipChildren();
      }
    }
    return new HttpAnswer(Optional.ofNullable(rows), Optional.ofNullable(error));
  }

  private static List<String> columns(@Nullable String @Nullable [] names) throws IOException {
    if (names == null || Arrays.asList(names).contains(null)) {
      throw new IOException("a column has no name");
    }
    return List.of(names);
  }

  private static @Nullable List<Row> rows(JsonParser parser, @Nullable List<String> columns)
      throws IOException {
    if (columns == null || !parser.isExpectedStartArrayToken()) {
      parser.skipChildren();
      return null;
    }
    var positions = AnswerRow.positions(columns);
    var rows = new ArrayList<Row>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.isExpectedStartArrayToken()) {
        throw new IOException("a row is no array");
      }
      Object[] cells = JSON.readValue(parser, Object[].class);
      if (cells.length != columns.size()) {
        throw new IOException("a row does not fit its columns");
      }
      if (cells.length > 0) {
        rows.add(AnswerRow.of(positions, cells));
      }
    }
    return rows;
  }

  private static @Nullable Fault fault(Object error) {
    return error instanceof Map<?, ?> fields
            && fields.get("code") instanceof Integer code
            && fields.get("message") instanceof String message
        ? new Fault(code, message)
        : null;
  }
}
