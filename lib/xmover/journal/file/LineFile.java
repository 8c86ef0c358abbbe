package xmover.journal.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import xmover.journal.JournalFailure;

/**
 * The lines of a journal on disk: appended and forced there, or all replaced at once. Whatever
 * fails leaves them as readable as they were.
 */
final class LineFile {
  /** Some 40,000 resets in one run. What is longer is none of ours, and would take minutes. */
  static final long LONGEST = 64L << 20;

  private static final byte[] LINE_BREAK = {'\n'};

  /** How much of what stood last in the file must still be there. */
  private static final int COMPARED = 1024;

  private final Path file;
  private final boolean linked;

  /** What stood last in the file when we were done with it, and the file's length then. */
  private byte[] last = {};

  private long length;

  /** Whether the file is known to end with a whole line. */
  private boolean mended;

  /** Fails with a {@link JournalFailure} when what is there can't be a journal. */
  LineFile(Path named) {
    this.linked = Files.isSymbolicLink(named);
    this.file = target(named);
  }

  private static Path target(Path named) {
    requireRegular(named);
    try {
      return Files.isSymbolicLink(named) ? named.toRealPath() : named;
    } catch (NoSuchFileException dangling) {
      throw new JournalFailure(
          "the journal %s is a link to a file that is not there: create that, or name another with --journal"
              .formatted(named),
          dangling);
    } catch (IOException failure) {
      throw unreadable(named, failure);
    }
  }

  /** A device or a folder remembers nothing, or never ends. */
  private static void requireRegular(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new JournalFailure(
          "the journal %s is no regular file: name another with --journal".formatted(file));
    }
  }

  private static JournalFailure unreadable(Path file, IOException failure) {
    return new JournalFailure(
        "the journal %s can't be read: %s. Make it readable, or name another with --journal"
            .formatted(file, OwnerOnly.reason(failure)),
        failure);
  }

  /** The file itself, where a link to it was named. */
  Path path() {
    return file;
  }

  /** What it says; nothing when there is none. */
  JournalText read() {
    requireRegular(file);
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      long size = Files.size(file);
      if (size > LONGEST) {
        throw new JournalFailure(
            "the journal %s has %d MB, and none has more than %d MB: name another with --journal"
                .formatted(file, size >> 20, LONGEST >> 20));
      }
      return new JournalReader(file).read(bytes);
    } catch (NoSuchFileException none) {
      return JournalText.NONE;
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /** From now on this must be there: {@link #isLost} tells otherwise. */
  void keep(JournalText text) {
    mended = false;
    length = text.length();
    try {
      last = bytesBefore(length, (int) Math.min(length, COMPARED));
    } catch (IOException unknown) {
      last = new byte[0];
    }
  }

  /** Whether somebody took away what stood last in it. */
  boolean isLost() throws IOException {
    try {
      return last.length > 0 && !Arrays.equals(last, bytesBefore(length, last.length));
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  private byte[] bytesBefore(long end, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = end - count;
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // A shorter file leaves zeros, which no line holds.
      }
    }
    return bytes.array();
  }

  /** Whether it should be made shorter before anybody has to read it. */
  boolean isLong() {
    return length > LONGEST / 2;
  }

  /** Appends lines, each with its line break, and forces them to disk. */
  void append(byte[] lines) throws IOException {
    OwnerOnly.createFolderOf(file);
    requireRegular(file);
    boolean afresh;
    try (FileChannel channel =
        OwnerOnly.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      afresh = !mended || channel.size() != length;
      if (afresh) {
        mend(channel);
      }
      append(channel, lines);
      mended = true;
      length = channel.size();
      last = Arrays.copyOfRange(lines, Math.max(0, lines.length - COMPARED), lines.length);
    }
    if (afresh) {
      OwnerOnly.syncFolderOf(file);
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

  /** Lets it hold nothing but these lines; without any there is no file, but a link keeps one. */
  void replace(byte[] lines) throws IOException {
    if (lines.length == 0 && !linked) {
      Files.deleteIfExists(file);
    } else {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          OwnerOnly.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND))) {
        append(channel, lines);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    OwnerOnly.syncFolderOf(file);
  }
}
