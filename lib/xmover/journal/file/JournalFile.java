package xmover.journal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import xmover.journal.JournalFailure;
import xmover.journal.RowKey;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;

/**
 * A journal in a file, read and written while the caller waits. What can't be read in it is set
 * aside, and what somebody takes away from it while it is written is written anew.
 */
final class JournalFile {
  /** What is to stand in a line, without a line break. */
  private interface Line {
    byte[] json() throws IOException;
  }

  private final LineFile file;
  private final SetAside aside;
  private final Consumer<String> told;

  /** What is open, as far as this process knows, should the file get lost. */
  private final Map<RowKey, JournalEntry> open = new LinkedHashMap<>();

  private Optional<RebalanceHold> held = Optional.empty();

  /**
   * Fails with a {@link JournalFailure} when what is there can't be a journal.
   *
   * @param named the file or a link to it
   * @param told gets a sentence when a part of it can't be read, or was taken away
   */
  JournalFile(Path named, Consumer<String> told) {
    this.file = new LineFile(named);
    this.aside = new SetAside(file.path());
    this.told = told;
  }

  /** A journal that is only read. */
  JournalFile(Path named) {
    this(named, unheard -> {});
  }

  /** The file itself, where a link to it was named. */
  Path path() {
    return file.path();
  }

  /** What it says; nothing when there is none. */
  JournalText read() {
    return file.read();
  }

  /** What a person has to look after, in a sentence each. */
  List<String> troubles(JournalText text) {
    List<String> troubles = new ArrayList<>(aside.told());
    if (!text.unreadable().isEmpty()) {
      troubles.add(unreadable(text) + ", the rest counts");
    }
    return troubles;
  }

  private String unreadable(JournalText text) {
    return "the journal " + path() + ": " + text.whatIsUnreadable();
  }

  /** Reads it before it is written; what can't be read is set aside if nobody else writes it. */
  synchronized void begin(boolean alone) {
    JournalText text = read();
    remember(text);
    if (alone && !text.unreadable().isEmpty()) {
      aside.told().forEach(told);
      compact();
    } else {
      troubles(text).forEach(told);
    }
  }

  private void remember(JournalText text) {
    open.clear();
    text.unfinished().forEach(entry -> open.put(RowKey.of(entry), entry));
    held = text.held();
    file.keep(text);
  }

  /** Appends an entry and forces it to disk. */
  synchronized void append(JournalEntry entry) {
    append(() -> JournalLine.of(entry));
    if (entry.isSettled()) {
      open.remove(RowKey.of(entry));
    } else {
      open.put(RowKey.of(entry), entry);
    }
  }

  synchronized void hold(RebalanceHold hold) {
    append(() -> HoldLine.of(hold));
    held = Optional.of(hold);
  }

  synchronized void release(RebalanceHold hold) {
    append(() -> HoldLine.released(hold));
    held = held.filter(other -> !other.run().runId().equals(hold.run().runId()));
  }

  private void append(Line line) {
    try {
      byte[] bytes = bytes(List.of(line));
      writeAnewWhatIsLost();
      file.append(bytes);
    } catch (IOException failure) {
      throw new JournalFailure(
          ("the journal %s can't be written: %s. No table is changed without it: make room, or name"
                  + " another with --journal")
              .formatted(path(), OwnerOnly.reason(failure)),
          failure);
    }
  }

  private void writeAnewWhatIsLost() throws IOException {
    List<Line> lines = lines(open.values(), held);
    if (!lines.isEmpty() && file.isLost()) {
      file.append(bytes(lines));
      told.accept(
          "the journal %s was removed, emptied or replaced while this run works. Its %d open entries are written anew"
              .formatted(path(), lines.size()));
    }
  }

  /** Whether it should be compacted before it is closed. */
  synchronized boolean isLong() {
    return file.isLong();
  }

  /** Forgets what is settled, and sets aside what can't be read. */
  synchronized void compact() {
    try {
      writeAnewWhatIsLost();
      JournalText text = read();
      if (text.unreadable().isEmpty() || setAside(text)) {
        file.replace(bytes(lines(text.unfinished(), text.held())));
        remember(read());
      }
    } catch (IOException longAsBefore) {
      // The journal says the same when it is long; the next close tries again.
    }
  }

  private boolean setAside(JournalText text) {
    try {
      told.accept(aside.take(text));
      return true;
    } catch (IOException failure) {
      told.accept(
          "%s. The text can't be set aside (%s), so it stays where it is"
              .formatted(unreadable(text), OwnerOnly.reason(failure)));
      return false;
    }
  }

  private static List<Line> lines(Collection<JournalEntry> open, Optional<RebalanceHold> held) {
    List<Line> lines = new ArrayList<>();
    open.forEach(entry -> lines.add(() -> JournalLine.of(entry)));
    held.ifPresent(hold -> lines.add(() -> HoldLine.of(hold)));
    return lines;
  }

  private static byte[] bytes(List<Line> lines) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (Line line : lines) {
      bytes.write(line.json());
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }
}
