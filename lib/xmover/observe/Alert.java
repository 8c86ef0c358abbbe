package xmover.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One alert as Alertmanager's API v2 takes it. The labels alone say which alert it is, so that one
 * run can resolve what another raised; whatever differs from run to run is an annotation.
 *
 * @param endsAt when it is over, or would be forgotten if nobody resolves it
 */
record Alert(
    Map<String, String> labels, Map<String, String> annotations, Instant startsAt, Instant endsAt) {
  /** A run ends after minutes, its alerts must last until the next one: that of the next day. */
  private static final Duration LASTING = Duration.ofHours(26);

  Alert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  static Alert raised(Map<String, String> labels, Map<String, String> annotations, Instant now) {
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
    return json.put("startsAt", JsonLines.timestamp(startsAt))
        .put("endsAt", JsonLines.timestamp(endsAt));
  }
}
