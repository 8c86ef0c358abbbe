package xmover.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import xmover.reset.JournalEntry;

/**
 * The file of a journal, read and written while the caller waits. Whatever fails leaves it as
 * readable as it was.
 */
final class JournalFile {
  /** What is to stand in a line, without a line break. */
  interface Line {
    byte[] json() throws IOException;
  }

  private static final byte[] LINE_BREAK = {'\n'};

  private final Path file;

  /** The length after our last write; another length means that somebody else wrote, or died. */
  private long written = -1;

  JournalFile(Path file) {
    this.file = file;
  }

  /** What it says; nothing when there is none. */
  JournalText read() {
    try {
      return JournalText.of(Files.readAllBytes(regular()), file);
    } catch (NoSuchFileException none) {
      return JournalText.NONE;
    } catch (IOException failure) {
      throw new JournalFailure(
          "the journal %s can't be read: %s. Make it readable, or name another with --journal"
              .formatted(file, OwnerOnly.reason(failure)),
          failure);
    }
  }

  /** Appends an entry and forces it to disk. */
  void append(JournalEntry entry) {
    append(() -> JournalLine.of(entry));
  }

  /** Appends a line of JSON and forces it to disk. */
  synchronized void append(Line json) {
    try {
      byte[] line = line(json);
      OwnerOnly.createFolderOf(file);
      boolean afresh;
      try (FileChannel channel =
          OwnerOnly.open(regular(), Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
        afresh = channel.size() != written;
        if (afresh) {
          mend(channel);
        }
        append(channel, line);
        written = channel.size();
      }
      if (afresh) {
        OwnerOnly.syncFolderOf(file);
      }
    } catch (IOException failure) {
      throw new JournalFailure(
          ("the journal %s can't be written: %s. No table is changed without it: make room, or name"
                  + " another with --journal")
              .formatted(file, OwnerOnly.reason(failure)),
          failure);
    }
  }

  /** Forgets what is settled. */
  synchronized void compact() {
    JournalText text = read();
    List<Line> lines = new ArrayList<>();
    text.unfinished().forEach(entry -> lines.add(() -> JournalLine.of(entry)));
    text.held().ifPresent(hold -> lines.add(() -> HoldLine.of(hold)));
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    try {
      if (lines.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        rewrite(aside, lines);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      }
      OwnerOnly.syncFolderOf(file);
    } catch (IOException longAsBefore) {
      // The journal says the same when it is long; the next close tries again.
    }
  }

  /** A torn last line goes, so that the next one starts afresh. */
  private void mend(FileChannel channel) throws IOException {
    JournalText text = read();
    channel.truncate(text.length());
    if (!text.lineEnded()) {
      append(channel, LINE_BREAK);
    }
  }

  private static void append(FileChannel channel, byte[] bytes) throws IOException {
    long before = channel.size();
    try {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (IOException failure) {
      try {
        channel.truncate(before);
      } catch (IOException torn) {
        failure.addSuppressed(torn);
      }
      throw failure;
    }
  }

  private static void rewrite(Path aside, List<Line> lines) throws IOException {
    Files.deleteIfExists(aside);
    try (FileChannel channel =
        OwnerOnly.open(aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND))) {
      for (Line json : lines) {
        append(channel, line(json));
      }
    }
  }

  private static byte[] line(Line text) throws IOException {
    byte[] json = text.json();
    return ByteBuffer.allocate(json.length + 1).put(json).put(LINE_BREAK).array();
  }

  /** A device or a folder remembers nothing, or never ends. */
  private Path regular() {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new JournalFailure(
          "the journal %s is no regular file: name another with --journal".formatted(file));
    }
    return file;
  }
}
