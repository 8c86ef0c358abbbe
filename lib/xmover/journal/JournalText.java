package xmover.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.reset.JournalEntry;
import xmover.reset.RebalanceHold;

/**
 * What a journal's file says. Its last line may be torn, because the process or the machine died
 * while it was being written: nobody relied on it yet.
 *
 * @param held the hold on rebalancing that was not released
 * @param length bytes up to the end of the last whole line
 * @param lineEnded false when that line lacks its line break
 */
record JournalText(
    List<JournalEntry> entries, Optional<RebalanceHold> held, int length, boolean lineEnded) {
  /** There is no file. */
  static final JournalText NONE = new JournalText(List.of(), Optional.empty(), 0, true);

  /** Reads the bytes of a file, which is named when it fails. */
  static JournalText of(byte[] bytes, Path file) {
    List<JournalEntry> entries = new ArrayList<>();
    Optional<RebalanceHold> held = Optional.empty();
    int start = 0;
    for (int number = 1; start < bytes.length; number++) {
      int end = lineEnd(bytes, start);
      boolean last = end >= bytes.length - 1;
      byte[] line = Arrays.copyOfRange(bytes, start, end);
      try {
        JsonNode json = JournalLine.parse(line);
        if (HoldLine.isHold(json)) {
          held = HoldLine.after(held, json);
        } else {
          entries.add(JournalLine.entry(json));
        }
      } catch (JournalLine.Newer newer) {
        throw new JournalFailure(
            "the journal %s was written by a newer xmover (line %d: %s): use that version"
                .formatted(file, number, newer.getMessage()),
            newer);
      } catch (IOException unreadable) {
        if (last && isCut(line)) {
          return new JournalText(entries, held, start, true);
        }
        throw broken(file, number, unreadable);
      }
      start = end + 1;
    }
    boolean lineEnded = start == bytes.length;
    return new JournalText(entries, held, Math.min(start, bytes.length), lineEnded);
  }

  /** The latest entry of each table that is not settled, in the order they were begun. */
  List<JournalEntry> unfinished() {
    Map<RowKey, JournalEntry> latest = new LinkedHashMap<>();
    for (JournalEntry entry : entries) {
      RowKey key = RowKey.of(entry);
      if (entry.isSettled()) {
        latest.remove(key);
      } else {
        latest.put(key, entry);
      }
    }
    return List.copyOf(latest.values());
  }

  private static int lineEnd(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** A line that is no JSON object: it lacks its last brace until it is whole. */
  private static boolean isCut(byte[] line) {
    try {
      return !JournalLine.parse(line).isObject();
    } catch (IOException cut) {
      return true;
    }
  }

  private static JournalFailure broken(Path file, int number, IOException cause) {
    return new JournalFailure(
        ("the journal %s can't be read: line %d is broken (%s). See which table it names and"
                + " whether that has its replicas, then correct or remove the line")
            .formatted(file, number, firstLine(String.valueOf(cause.getMessage()))),
        cause);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
