package xmover.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import xmover.reset.PastReset;

/**
 * The ended resets in a file beside the journal's, a line each. It is one of its own so that
 * nothing in it can keep a table from being restored; lines that can't be read are passed over.
 */
final class HistoryFile {
  private final Path file;

  HistoryFile(Path journal) {
    this.file = journal.resolveSibling(journal.getFileName() + ".history");
  }

  /** Oldest first; none when there is no file. */
  List<PastReset> read() {
    try {
      return History.of(lines());
    } catch (IOException failure) {
      throw failure("read", failure);
    }
  }

  private List<PastReset> lines() throws IOException {
    try {
      // Bytes that are no text become text that is no JSON, and are passed over.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          .lines()
          .map(line -> PastResetLine.read(line.getBytes(StandardCharsets.UTF_8)))
          .flatMap(Optional::stream)
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  synchronized void append(PastReset reset) {
    try {
      OwnerOnly.createFolderOf(file);
      try (FileChannel channel =
          OwnerOnly.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
        // It begins with a line break, too: the line before it may be torn.
        write(channel, channel.size() == 0 ? "" : "\n", List.of(reset));
      }
    } catch (IOException failure) {
      throw failure("written", failure);
    }
  }

  /** Forgets what is too old or too much. */
  synchronized void compact() {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    try {
      List<PastReset> written = lines();
      List<PastReset> kept = History.of(written);
      if (kept.size() == written.size()) {
        return;
      }
      Files.deleteIfExists(aside);
      try (FileChannel channel =
          OwnerOnly.open(aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        write(channel, "", kept);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException longAsBefore) {
      // The next close tries again.
    }
  }

  private static void write(FileChannel channel, String first, List<PastReset> resets)
      throws IOException {
    var text = new ByteArrayOutputStream();
    text.writeBytes(first.getBytes(StandardCharsets.UTF_8));
    for (PastReset reset : resets) {
      text.writeBytes(PastResetLine.of(reset));
      text.write('\n');
    }
    ByteBuffer left = ByteBuffer.wrap(text.toByteArray());
    while (left.hasRemaining()) {
      channel.write(left);
    }
    channel.force(true);
  }

  private JournalFailure failure(String what, IOException failure) {
    return new JournalFailure(
        "the history of resets %s can't be %s: %s".formatted(file, what, OwnerOnly.reason(failure)),
        failure);
  }
}
