package xmover.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import xmover.json.Json;
import xmover.table.Printable;

/**
 * One alert as Alertmanager's API v2 takes it. The labels alone say which alert it is, so that one
 * run can resolve what another raised; whatever differs from run to run is an annotation.
 *
 * @param endsAt when it is over, or would be forgotten if nobody resolves it
 */
public record Alert(
    Map<String, String> labels, Map<String, String> annotations, Instant startsAt, Instant endsAt) {
  /** A run ends after minutes, its alerts must last until the next one: that of the next day. */
  private static final Duration LASTING = Duration.ofHours(26);

  public Alert {
    labels = printable(labels);
    annotations = printable(annotations);
  }

  /** An alert ends on somebody's screen, by mail or chat. */
  private static Map<String, String> printable(Map<String, String> texts) {
    return texts.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Printable.line(e.getValue())));
  }

  public static Alert raised(
      Map<String, String> labels, Map<String, String> annotations, Instant now) {
    return new Alert(labels, annotations, now, now.plus(LASTING));
  }

  /** Whoever raised it, now it is over. */
  static Alert resolved(Map<String, String> labels, Map<String, String> annotations, Instant now) {
    return new Alert(labels, annotations, now.minusSeconds(1), now);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(labels).forEach(json.putObject("labels")::put);
    new TreeMap<>(annotations).forEach(json.putObject("annotations")::put);
    return json.put("startsAt", Json.timestamp(startsAt)).put("endsAt", Json.timestamp(endsAt));
  }
}
