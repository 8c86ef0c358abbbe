package xmover.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that one holder at a time has locked; its first line says who. The operating system lets
 * go of it when the process dies, so that a file left behind is no obstacle.
 */
final class LockFile {
  /**
   * Files locked by this process, with their holders. The operating system forgets a process's lock
   * as soon as the process closes any channel of the file, so a second one must not be opened.
   */
  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  /** Far behind the words, which others must be able to read where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int LONGEST_WORDS = 1000;

  private final Path file;
  private @Nullable FileChannel channel;

  LockFile(Path file) {
    this.file = file;
  }

  /**
   * Tries to take the lock.
   *
   * @param holder who takes it, in words
   * @return empty when it is ours now, else who holds it
   */
  Optional<String> take(String holder) throws IOException {
    OwnerOnly.createFolderOf(file);
    synchronized (HELD_HERE) {
      return takeUnlessLookedAt(holder);
    }
  }

  private Optional<String> takeUnlessLookedAt(String holder) throws IOException {
    String here = HELD_HERE.putIfAbsent(key(), holder);
    if (here != null) {
      return Optional.of(here);
    }
    FileChannel opened = null;
    try {
      opened =
          OwnerOnly.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
      if (opened.tryLock(LOCKED_BYTE, 1, false) == null) {
        return Optional.of(words(opened));
      }
      channel = opened;
      write(opened, holder);
      return Optional.empty();
    } finally {
      if (channel == null) {
        if (opened != null) {
          opened.close();
        }
        HELD_HERE.remove(key());
      }
    }
  }

  /**
   * Who holds it, without taking it. For the moment of the look a run that begins finds it taken.
   */
  Optional<String> holder() throws IOException {
    // A channel closed here must not be one that lets go of a lock of this process.
    synchronized (HELD_HERE) {
      Path key = Files.exists(file) ? key() : file;
      String here = HELD_HERE.get(key);
      if (here != null) {
        return Optional.of(here);
      }
      try (var opened = FileChannel.open(file, StandardOpenOption.READ)) {
        return opened.tryLock(LOCKED_BYTE, 1, true) == null
            ? Optional.of(words(opened))
            : Optional.empty();
      } catch (NoSuchFileException free) {
        return Optional.empty();
      }
    }
  }

  boolean isHeld() {
    return channel != null;
  }

  /** Lets go of it, if it is held. */
  void release() throws IOException {
    FileChannel held = channel;
    if (held != null) {
      channel = null;
      try (held) {
        held.truncate(0);
      } finally {
        HELD_HERE.remove(key());
      }
    }
  }

  private Path key() throws IOException {
    return OwnerOnly.folderOf(file).toRealPath().resolve(file.getFileName());
  }

  private static void write(FileChannel channel, String holder) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException full) {
      // A lock without words locks as well, and a full disk must not stop who puts replicas back.
    }
  }

  private static String words(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_WORDS);
    channel.read(bytes, 0);
    String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    return text.lines().findFirst().orElse("a process that has not told its name");
  }
}
