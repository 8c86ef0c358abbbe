package xmover.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import xmover.detect.LongTexts;
import xmover.detect.LongTexts.RefusedWrite;
import xmover.detect.LongTexts.TextColumn;

/** The traces of texts too long for an index, for programs. */
final class LongTextsJson {
  private LongTextsJson() {}

  static ObjectNode of(LongTexts texts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var writes = told(json, "refused", texts.refused());
    texts.refused().rows().forEach(write -> add(writes, write));
    var columns = told(json, "columns", texts.columns());
    texts.columns().rows().forEach(column -> add(columns, column));
    return json.put("perhaps_only_own_statements", texts.onlyOwn());
  }

  /** Nothing found proves nothing; what could not be read has its reason. */
  private static ArrayNode told(ObjectNode json, String name, LongTexts.Told<?> told) {
    ObjectNode part = json.putObject(name);
    part.put("readable", told.isReadable())
        .put("failure", told.isReadable() ? null : told.failure())
        .put("more", told.more());
    return part.putArray("found");
  }

  private static void add(ArrayNode writes, RefusedWrite write) {
    writes
        .addObject()
        .put("schema", write.table().schema())
        .put("table", write.table().name())
        .put("statement", write.statement())
        .put("user", write.user())
        .put("last", write.last().map(Instant::toString).orElse(null))
        .put("times", write.times());
  }

  private static void add(ArrayNode columns, TextColumn column) {
    columns
        .addObject()
        .put("schema", column.table().schema())
        .put("table", column.table().name())
        .put("column", column.name());
  }
}
