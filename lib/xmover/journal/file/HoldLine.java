package xmover.journal.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import xmover.reset.RebalanceHold;

/**
 * A hold on rebalancing, or that it was released, as one line of JSON. Its format is newer than
 * that of an entry: a version that knows no holds refuses it instead of leaving it for ever.
 */
final class HoldLine {
  /** The first format with holds. */
  private static final int FORMAT = 2;

  private HoldLine() {}

  static byte[] of(RebalanceHold hold) {
    return bytes(line(hold));
  }

  static byte[] released(RebalanceHold hold) {
    return bytes(line(hold).put("released", true));
  }

  private static ObjectNode line(RebalanceHold hold) {
    return JournalLine.begun(FORMAT, hold.run())
        .put("rebalancing", hold.original())
        .put("at", hold.at().toString());
  }

  private static byte[] bytes(ObjectNode line) {
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  static boolean isHold(JsonNode line) {
    return line.has("rebalancing");
  }

  /** What is held after this line. */
  static Optional<RebalanceHold> after(Optional<RebalanceHold> before, JsonNode line)
      throws IOException {
    RebalanceHold hold = read(line);
    if (!line.path("released").asBoolean()) {
      return Optional.of(hold);
    }
    return before.filter(held -> !held.run().runId().equals(hold.run().runId()));
  }

  private static RebalanceHold read(JsonNode line) throws IOException {
    JournalLine.requireFormat(line, FORMAT);
    try {
      Instant at = Instant.parse(JournalLine.text(line, "at"));
      JournalReader.requirePossible(at);
      return new RebalanceHold(JournalLine.run(line), JournalLine.text(line, "rebalancing"), at);
    } catch (RuntimeException invalid) {
      throw new IOException(invalid.getMessage(), invalid);
    }
  }
}
