package xmover.journal.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xmover.journal.JournalFailure;
import xmover.journal.RowKey;
import xmover.journal.file.JournalText.Unreadable;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;

/**
 * Reads a journal's file once, line by line, and keeps only what is unfinished: it needs little
 * memory however long the file is. Every entry that can be read counts, whatever is around it.
 */
final class JournalReader {
  /** More tables than any cluster has: what names them is no journal, and needs too much memory. */
  private static final int MOST_TABLES = 10_000;

  /** Far longer than any line; text without line breaks is read in such pieces. */
  private static final int LONGEST_LINE = 1 << 20;

  private static final String TORN = "it is torn";

  private static final String FIRST = "{\"v\":";

  /** Every line begins like this, and nothing in a line does. */
  private static final Pattern BEGIN = Pattern.compile("\\{\"v\":\\d+,\"run\":\"");

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Map<RowKey, JournalEntry> latest = new LinkedHashMap<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private Optional<RebalanceHold> held = Optional.empty();
  private boolean isJournal;

  /** Where the line that is being read begins, and its number. */
  private long start;

  private long number = 1;

  /** What was read, and not looked at yet. */
  private byte[] left = {};

  /** Unreadable text at the end of what was read; torn, when nothing follows. */
  private @Nullable Unreadable tail;

  /**
   * @param file to be named when it fails
   */
  JournalReader(Path file) {
    this.file = file;
  }

  /** Fails with a {@link JournalFailure} for what is no journal, or that of a newer version. */
  JournalText read(InputStream bytes) throws IOException {
    long end = 0;
    boolean ended = true;
    for (byte[] line = next(bytes); line.length > 0; line = next(bytes)) {
      keepTail();
      start = end;
      end += line.length;
      isJournal |= start == 0 && text(line).startsWith(FIRST);
      ended = line[line.length - 1] == '\n';
      read(ended ? Arrays.copyOf(line, line.length - 1) : line);
      number += ended ? 1 : 0;
    }
    if (tail != null && tail.why().equals(TORN)) {
      end = tail.from();
      ended = end == start;
    } else {
      keepTail();
    }
    if (!isJournal && !unreadable.isEmpty()) {
      throw new JournalFailure(
          "%s is no journal: nothing in it can be read as one. Name another with --journal"
              .formatted(file));
    }
    return new JournalText(List.copyOf(latest.values()), held, unreadable, end, ended);
  }

  /** The next line with its line break, or the next piece of a long one; empty at the end. */
  private byte[] next(InputStream bytes) throws IOException {
    var line = new ByteArrayOutputStream();
    line.writeBytes(left);
    left = new byte[0];
    for (int b = bytes.read(); b >= 0; b = bytes.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      } else if (line.size() == LONGEST_LINE) {
        return cut(line.toByteArray());
      }
    }
    return line.toByteArray();
  }

  /** An entry that begins in this piece and may end in the next one is left for that. */
  private byte[] cut(byte[] piece) {
    String text = text(piece);
    int end = text.lastIndexOf(FIRST);
    for (int length = FIRST.length() - 1; end <= 0 && length > 0; length--) {
      end = text.endsWith(FIRST.substring(0, length)) ? piece.length - length : end;
    }
    if (end <= 0) {
      return piece;
    }
    left = Arrays.copyOfRange(piece, end, piece.length);
    return Arrays.copyOf(piece, end);
  }

  private void read(byte[] line) {
    try {
      JsonNode json = JournalLine.parse(line);
      if (json.isObject()) {
        use(json, 0, line.length);
        return;
      }
    } catch (IOException torn) {
      // What is whole in it may still be found.
    }
    readPieces(line);
  }

  /** Who died while writing left no line break: the next entry may follow in the same line. */
  private void readPieces(byte[] line) {
    Matcher begins = BEGIN.matcher(text(line));
    int read = 0;
    while (begins.find()) {
      int begin = begins.start();
      Optional<Piece> piece = begin < read ? Optional.empty() : piece(line, begin);
      if (piece.isPresent()) {
        pass(line, read, begin);
        read = piece.get().end;
        use(piece.get().json, begin, read);
      }
    }
    pass(line, read, line.length);
  }

  private record Piece(JsonNode json, int end) {}

  /** What is whole from here on. */
  private static Optional<Piece> piece(byte[] line, int begin) {
    try (JsonParser parser = JSON.createParser(line, begin, line.length - begin)) {
      JsonNode json = JSON.readTree(parser);
      return Optional.of(new Piece(json, begin + (int) parser.currentLocation().getByteOffset()));
    } catch (IOException cut) {
      return Optional.empty();
    }
  }

  private void use(JsonNode json, int from, int to) {
    keepTail();
    try {
      if (HoldLine.isHold(json)) {
        held = HoldLine.after(held, json);
      } else {
        use(JournalLine.entry(json));
      }
      isJournal = true;
    } catch (JournalLine.Newer newer) {
      throw new JournalFailure(
          "the journal %s was written by a newer xmover (line %d: %s): use that version"
              .formatted(file, number, newer.getMessage()),
          newer);
    } catch (IOException refused) {
      pass(from, to, firstLine(String.valueOf(refused.getMessage())));
    }
  }

  private void use(JournalEntry entry) throws IOException {
    requirePossible(entry.at(), entry.run().started());
    RowKey key = RowKey.of(entry);
    if (entry.isSettled()) {
      latest.remove(key);
    } else {
      latest.put(key, entry);
    }
    if (latest.size() > MOST_TABLES) {
      throw new JournalFailure(
          "the journal %s names more than %d tables: that can't be. Name another with --journal"
              .formatted(file, MOST_TABLES));
    }
  }

  /** Times that can be reckoned with. */
  static void requirePossible(Instant... times) throws IOException {
    for (Instant time : times) {
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw new IOException("no reset was at " + time);
      }
    }
  }

  private void pass(byte[] line, int from, int to) {
    if (!new String(line, from, to - from, StandardCharsets.ISO_8859_1).isBlank()) {
      // A line that was being written begins like one, or the disk never got it and holds zeros.
      boolean cut = line[from] == '{' || line[from] == 0;
      pass(from, to, cut ? TORN : "it is no JSON");
    }
  }

  private void pass(int from, int to, String why) {
    keepTail();
    tail = new Unreadable(start + from, start + to, number, why);
  }

  /** More follows, so it was not torn at the end. */
  private void keepTail() {
    if (tail == null) {
      return;
    }
    int last = unreadable.size() - 1;
    if (last >= 0 && unreadable.get(last).to() + 1 >= tail.from()) {
      Unreadable before = unreadable.get(last);
      unreadable.set(last, new Unreadable(before.from(), tail.to(), before.line(), before.why()));
    } else {
      unreadable.add(tail);
    }
    tail = null;
  }

  /** A character for each byte, so that positions are the same. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
