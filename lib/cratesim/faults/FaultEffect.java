package cratesim.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import cratesim.scenario.ScenarioEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a fault of the list does: an object with exactly one key, or with its parameters. */
final class FaultEffect {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private FaultEffect() {}

  static Fault.Effect of(JsonNode effect) throws JsonProcessingException {
    if (!effect.isObject() || effect.size() != 1) {
      throw new IllegalArgumentException("an effect has exactly one key, not " + effect.size());
    }
    String kind = effect.fieldNames().next();
    JsonNode value = effect.path(kind);
    return switch (kind) {
      case "connections" -> connections(value.asText());
      case "close" -> close(value.asText());
      case "silence" ->
          new Fault.Silence(FaultCatalogue.word(Fault.Connections.class, value.asText()));
      case "delay" -> new Fault.Delay(seconds(value));
      case "bytes" ->
          value.asText().equals("doubled") ? Fault.Spoiled.DOUBLED : Fault.Spoiled.GARBAGE;
      case "trickle" -> new Fault.Trickle(seconds(value));
      case "answer" -> answer(value.asText());
      case "page" ->
          new Fault.Page(value.path("status").asInt(), orNull(value, "location"), executed(value));
      case "error" -> new Fault.Fail(error(value), executed(value));
      case "acknowledge" ->
          new Fault.Acknowledge(
              value.hasNonNull("applied_after") ? seconds(value.path("applied_after")) : null);
      case "cell" -> cell(value);
      case "rows" -> FaultCatalogue.word(Fault.OddRows.class, value.asText());
      case "incident" ->
          new Fault.Incident(
              events(value.path("events")),
              value.path("afterwards").asBoolean(),
              events(value.path("over")));
      case "outside" -> FaultCatalogue.word(Fault.Outside.class, value.asText());
      default -> throw new IllegalArgumentException("no effect is called '" + kind + "'");
    };
  }

  private static Fault.Effect connections(String what) {
    return switch (what) {
      case "refused" -> Fault.Disruption.REFUSE_CONNECTION;
      case "other-cluster" -> Fault.Disruption.OTHER_CLUSTER;
      default -> throw new IllegalArgumentException("connections are not '" + what + "'");
    };
  }

  private static Fault.Effect close(String where) {
    return switch (where) {
      case "before" -> Fault.Disruption.CLOSE_BEFORE_EXECUTING;
      case "after" -> Fault.Disruption.CLOSE_AFTER_EXECUTING;
      case "in-answer" -> Fault.Spoiled.CUT_ANSWER;
      case "in-frame" -> Fault.Spoiled.CUT_FRAME;
      default -> throw new IllegalArgumentException("nothing is closed '" + where + "'");
    };
  }

  private static Fault.Effect answer(String which) {
    return switch (which) {
      case "hangs" -> Fault.Disruption.HANG;
      case "stale" -> Fault.Disruption.REPEAT_ANSWER;
      case "of-another" -> Fault.Disruption.OTHER_ANSWER;
      default -> throw new IllegalArgumentException("no answer is '" + which + "'");
    };
  }

  private static SqlError error(JsonNode error) {
    return new SqlError(
        error.path("status").asInt(),
        error.path("code").asInt(),
        FaultCatalogue.text(error, "sqlstate"),
        FaultCatalogue.text(error, "message"));
  }

  private static boolean executed(JsonNode effect) {
    return effect.path("executed").asBoolean();
  }

  private static Fault.Effect cell(JsonNode cell) throws JsonProcessingException {
    String type = orNull(cell, "type");
    return new Fault.OddCell(
        FaultCatalogue.text(cell, "column"),
        JSON.treeToValue(cell.path("value"), Object.class),
        type == null ? null : SqlAnswer.ColumnType.valueOf(type.toUpperCase(Locale.ROOT)));
  }

  private static List<ScenarioEvent> events(JsonNode events) throws JsonProcessingException {
    List<ScenarioEvent> all = new ArrayList<>();
    for (JsonNode event : events) {
      all.add(JSON.treeToValue(event, ScenarioEvent.class));
    }
    return all;
  }

  private static Duration seconds(JsonNode seconds) {
    if (!seconds.isNumber() || seconds.asDouble() < 0) {
      throw new IllegalArgumentException("needs seconds, not " + seconds);
    }
    return Duration.ofMillis(Math.round(seconds.asDouble() * 1000));
  }

  private static @Nullable String orNull(JsonNode node, String key) {
    return node.hasNonNull(key) ? node.path(key).asText() : null;
  }
}
