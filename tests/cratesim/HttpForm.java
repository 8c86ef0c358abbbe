package cratesim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import java.util.List;

/** An answer of the simulated cluster as the body that CrateDB sends over HTTP. */
final class HttpForm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ARRAY = 100;

  private HttpForm() {}

  static JsonNode of(SqlAnswer answer) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode columns = body.putArray("cols");
    ArrayNode types = body.putArray("col_types");
    for (SqlAnswer.Column column : answer.columns()) {
      columns.add(column.name());
      int id = column.type().httpId();
      if (column.type().isArray()) {
        types.addArray().add(ARRAY).add(id);
      } else {
        types.add(id);
      }
    }
    boolean none = answer.columns().isEmpty();
    body.set("rows", JSON.valueToTree(none ? List.of(List.of()) : answer.rows()));
    body.put("rowcount", answer.rowCount());
    return body;
  }

  static JsonNode of(SqlError error) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("message", error.getMessage()).put("code", error.code());
    return body;
  }
}
