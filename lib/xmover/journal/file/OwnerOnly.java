package xmover.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;

/** Files and folders that nobody but their owner may read, where the file system can say so. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /** Creates the file's folder and those above it; they outlast a crash. */
  public static void createFolderOf(Path file) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path folder = folderOf(file); Files.notExists(folder); folder = folderOf(folder)) {
      missing.push(folder);
    }
    for (Path folder : missing) {
      // Another run may be creating it at this moment.
      Files.createDirectories(folder, attributes(folder, "rwx------"));
      syncFolderOf(folder);
    }
  }

  /** Opens a file, creating it when the options say so. */
  public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options, attributes(file, "rw-------"));
  }

  /** Makes the names in the file's folder outlast a crash of the machine. */
  static void syncFolderOf(Path file) throws IOException {
    if (isPosix(file)) {
      try (FileChannel folder = FileChannel.open(folderOf(file), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /** Why it failed, in few words; the messages of some exceptions are only the path. */
  public static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    return Objects.requireNonNullElse(reason, failure.toString());
  }

  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
  }

  private static FileAttribute<?>[] attributes(Path file, String permissions) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
