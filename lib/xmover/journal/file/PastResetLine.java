package xmover.journal.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import xmover.journal.FiguresJson;
import xmover.reset.PastReset;
import xmover.reset.Remedy;

/** A reset that ended as one line of JSON. */
final class PastResetLine {
  private static final int FORMAT = 1;

  private PastResetLine() {}

  static byte[] of(PastReset reset) {
    ObjectNode line =
        JournalLine.put(JournalLine.begun(FORMAT, reset.run()), reset.table())
            .put("remedy", reset.remedy().name())
            .put("outcome", reset.outcome().name())
            .put("told", reset.told())
            .put("at", reset.at().toString());
    reset.figures().ifPresent(figures -> line.set("figures", FiguresJson.of(figures)));
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What a line says; empty when it is torn, or of a version that tells it otherwise. */
  static Optional<PastReset> read(byte[] line) {
    try {
      JsonNode json = JournalLine.parse(line);
      JournalLine.requireFormat(json, FORMAT);
      Instant at = Instant.parse(JournalLine.text(json, "at"));
      JournalReader.requirePossible(at);
      return Optional.of(
          new PastReset(
              JournalLine.run(json),
              JournalLine.table(json),
              remedy(json),
              PastReset.Outcome.valueOf(JournalLine.text(json, "outcome")),
              JournalLine.text(json, "told"),
              at,
              FiguresJson.read(json.path("figures"))));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /** Older versions wrote none, and knew of resets alone. */
  private static Remedy remedy(JsonNode json) throws IOException {
    return json.has("remedy") ? Remedy.valueOf(JournalLine.text(json, "remedy")) : Remedy.RESET;
  }
}
