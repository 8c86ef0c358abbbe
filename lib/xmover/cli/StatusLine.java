package xmover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import xmover.table.Printable;

/** What a status server shows, in a line for people. */
final class StatusLine {
  private StatusLine() {}

  static String of(JsonNode status) {
    List<String> parts = new ArrayList<>();
    JsonNode counts = status.path("counts");
    parts.add("cluster " + status.at("/cluster/name").asText("not reached yet"));
    parts.add(
        status.path("kind").asText().equals("monitor")
            ? "%s tables shown, %s of them to reset"
                .formatted(counts.path("all").asInt(), counts.path("reset").asInt())
            : "%s of %s tables ended, %s at zero replicas"
                .formatted(
                    counts.path("ended").asInt(),
                    counts.path("all").asInt(),
                    counts.path("at_zero").asInt()));
    add(parts, "", status.at("/risk/text"));
    add(parts, "paused since ", status.path("paused"));
    add(parts, "stopping: ", status.path("stopping"));
    add(parts, "looked at ", status.path("looked"));
    add(parts, "trouble: ", status.path("trouble"));
    return Printable.line(String.join("; ", parts));
  }

  private static void add(List<String> parts, String what, JsonNode value) {
    if (value.isTextual()) {
      parts.add(what + value.asText());
    }
  }
}
