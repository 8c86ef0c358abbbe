package xmover.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import xmover.reset.FewerCopies;
import xmover.reset.PastReset;
import xmover.table.Bytes;

/** The figures of a reset that ended as JSON; what is unknown is left out. */
public final class FiguresJson {
  private FiguresJson() {}

  public static ObjectNode of(PastReset.Figures figures) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("reason", figures.reason());
    figures.atZero().ifPresent(time -> json.put("at_zero_ms", time.toMillis()));
    json.put("fewer_ms", figures.fewer().time().toMillis())
        .put("fewer_ended", figures.fewer().ended())
        .put("fewer_bytes", figures.fewer().bytes().value());
    figures.before().ifPresent(bytes -> json.put("before", bytes.value()));
    figures.after().ifPresent(bytes -> json.put("after", bytes.value()));
    return json;
  }

  /** Empty where there are none, or where another version tells them otherwise. */
  public static Optional<PastReset.Figures> read(JsonNode json) {
    JsonNode fewer = json.path("fewer_ms");
    if (!json.path("reason").isTextual() || !fewer.isIntegralNumber()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PastReset.Figures(
              json.path("reason").textValue(),
              number(json, "at_zero_ms").map(Duration::ofMillis),
              new FewerCopies(
                  Duration.ofMillis(fewer.longValue()),
                  json.path("fewer_ended").asBoolean(),
                  new Bytes(json.path("fewer_bytes").asLong())),
              number(json, "before").map(Bytes::new),
              number(json, "after").map(Bytes::new)));
    } catch (IllegalArgumentException negative) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(JsonNode json, String field) {
    JsonNode number = json.path(field);
    return number.isIntegralNumber() ? Optional.of(number.longValue()) : Optional.empty();
  }
}
