package xmover.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import xmover.table.Printable;

/** JSON for programs that people may read, too. */
public final class PrettyJson {
  private PrettyJson() {}

  /** The text, ending with a line break. */
  public static String of(JsonNode json) {
    try {
      var pretty = new ObjectMapper().writerWithDefaultPrettyPrinter();
      return Printable.lines(pretty.writeValueAsString(json)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
