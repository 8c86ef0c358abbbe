package cratesim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a real CrateDB answered to a request over HTTP, and how another answer may differ from it:
 * the values may, their shape may not.
 */
record RecordedAnswer(
    String name, String statement, List<Object> arguments, int status, JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads {@code recorded/cluster.json} from the class path. */
  static RecordedAnswer load(String name) {
    try (var file = RecordedAnswer.class.getResourceAsStream("/" + name)) {
      JsonNode json = JSON.readTree(file);
      List<Object> arguments = new ArrayList<>();
      json.path("request")
          .path("args")
          .forEach(a -> arguments.add(JSON.convertValue(a, Object.class)));
      return new RecordedAnswer(
          name,
          json.path("request").path("stmt").asText(),
          arguments,
          json.path("status").asInt(),
          json.path("response"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an answer, in the form of an HTTP body, has otherwise; empty when nothing. */
  List<String> differences(int otherStatus, JsonNode other) {
    List<String> differences = new ArrayList<>();
    compare(differences, "status", status, otherStatus);
    compare(differences, "error", body.path("error"), other.path("error"));
    compare(differences, "columns", body.path("cols"), other.path("cols"));
    compare(differences, "types", body.path("col_types"), other.path("col_types"));
    compare(differences, "row count", body.path("rowcount"), other.path("rowcount"));
    JsonNode rows = body.path("rows");
    compare(differences, "rows", rows.size(), other.path("rows").size());
    for (int row = 0; row < Math.min(rows.size(), other.path("rows").size()); row++) {
      for (int cell = 0; cell < rows.path(row).size(); cell++) {
        compare(
            differences,
            "row " + row + " " + body.path("cols").path(cell),
            shape(rows.path(row).path(cell)),
            shape(other.path("rows").path(row).path(cell)));
      }
    }
    return differences;
  }

  private static void compare(List<String> differences, String what, Object ours, Object theirs) {
    if (!ours.toString().equals(theirs.toString())) {
      differences.add(what + ": recorded " + ours + ", answered " + theirs);
    }
  }

  private static String shape(JsonNode value) {
    if (value.isArray()) {
      List<String> elements = new ArrayList<>();
      value.forEach(element -> elements.add(shape(element)));
      return elements.toString();
    }
    if (value.isObject()) {
      var keys = new TreeSet<String>();
      value.properties().forEach(e -> keys.add(e.getKey() + ":" + shape(e.getValue())));
      return keys.toString();
    }
    return value.getNodeType().name();
  }
}
