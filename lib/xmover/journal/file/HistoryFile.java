package xmover.journal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import xmover.journal.History;
import xmover.journal.JournalFailure;
import xmover.reset.PastReset;
import xmover.reset.ResetHistory;

/**
 * The ended resets in a file beside the journal's, a line each. It is one of its own so that
 * nothing in it can keep a table from being restored; lines that can't be read are passed over.
 */
final class HistoryFile {
  /** What its name has beyond that of the journal. */
  static final String ENDING = ".history";

  private final Path file;

  HistoryFile(Path journal) {
    this(journal, ENDING);
  }

  private HistoryFile(Path beside, String ending) {
    this.file = beside.resolveSibling(beside.getFileName() + ending);
  }

  /** One by its own name. */
  static HistoryFile at(Path file) {
    return new HistoryFile(file, "");
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
    requireReadable();
    Deque<PastReset> latest = new ArrayDeque<>();
    // Bytes that are no text become text that is no JSON, and are passed over.
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines
          .map(line -> PastResetLine.read(line.getBytes(StandardCharsets.ISO_8859_1)))
          .flatMap(Optional::stream)
          .forEach(reset -> addToLatest(latest, reset));
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    return List.copyOf(latest);
  }

  /** Each may be told twice; what is older than all that is kept needs no memory. */
  private static void addToLatest(Deque<PastReset> latest, PastReset reset) {
    latest.add(reset);
    if (latest.size() > 2 * ResetHistory.MOST) {
      latest.remove();
    }
  }

  private void requireReadable() throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is no regular file");
    }
    if (Files.exists(file) && Files.size(file) > LineFile.LONGEST) {
      throw new IOException("it has " + (Files.size(file) >> 20) + " MB. Remove it");
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
    try {
      List<PastReset> written = lines();
      List<PastReset> kept = History.of(written);
      if (kept.size() == written.size()) {
        return;
      }
      // A link stays one.
      Path real = file.toRealPath();
      Path aside = real.resolveSibling(real.getFileName() + ".new");
      Files.deleteIfExists(aside);
      try (FileChannel channel =
          OwnerOnly.open(aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        write(channel, "", kept);
      }
      Files.move(aside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
