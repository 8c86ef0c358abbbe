package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a command logged with {@code --log-format json}: an event a line, each with its fields. */
public record LoggedEvents(List<JsonNode> all) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Every line has to be a JSON object. */
  public static LoggedEvents of(String lines) {
    return new LoggedEvents(lines.lines().map(LoggedEvents::object).toList());
  }

  private static JsonNode object(String line) {
    try {
      return JSON.readValue(line, ObjectNode.class);
    } catch (JsonProcessingException | ClassCastException notJson) {
      throw new AssertionError("no JSON object: " + line, notJson);
    }
  }

  /** The events of this name, oldest first. */
  public List<JsonNode> named(String event) {
    return all.stream().filter(line -> line.path("event").asText().equals(event)).toList();
  }

  /** The event of this name, of which there has to be one and no more. */
  public JsonNode only(String event) {
    List<JsonNode> named = named(event);
    assertEquals(
        1,
        named.size(),
        () ->
            event
                + " in\n"
                + all.stream().map(JsonNode::toString).collect(Collectors.joining("\n")));
    return named.get(0);
  }

  /** What a field says in each event of this name, oldest first. */
  List<String> texts(String event, String field) {
    return named(event).stream().map(line -> line.at("/" + field).asText()).toList();
  }

  /** What a field says of each table with an event of this name. */
  public Map<String, String> byTable(String event, String field) {
    return named(event).stream()
        .collect(
            Collectors.toMap(
                line -> line.path("table").asText(), line -> line.at("/" + field).asText()));
  }
}
