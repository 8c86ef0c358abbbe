package xmover.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import xmover.journal.file.JournalText.Unreadable;

/**
 * The files beside a journal that hold what could not be read of it. It may name tables that are
 * without replicas, so they stay until a person has looked, and are told of until then.
 */
final class SetAside {
  private static final String WHAT_TO_DO =
      "see which tables it names and whether they have their replicas, then delete it";

  private final Path journal;
  private final String names;

  SetAside(Path journal) {
    this.journal = journal;
    this.names = journal.getFileName() + ".unreadable-";
  }

  /** Copies the unreadable text into a file of its own, and says so in a sentence. */
  String take(JournalText text) throws IOException {
    for (int number = 1; ; number++) {
      Path file = journal.resolveSibling(names + number);
      try {
        copy(text.unreadable(), file);
        return "the journal %s: %s, the rest counts. The text was set aside in %s: %s"
            .formatted(journal, text.whatIsUnreadable(), file, WHAT_TO_DO);
      } catch (FileAlreadyExistsException earlier) {
        // It is another text, or the same one: nothing is overwritten.
      }
    }
  }

  private void copy(List<Unreadable> parts, Path file) throws IOException {
    try (FileChannel from = FileChannel.open(journal, StandardOpenOption.READ);
        FileChannel to =
            OwnerOnly.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      for (Unreadable part : parts) {
        for (long at = part.from(); at < part.to(); ) {
          at += from.transferTo(at, part.to() - at, to);
        }
        to.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
      to.force(true);
    }
    OwnerOnly.syncFolderOf(file);
  }

  /** What was set aside earlier and is still there, in a sentence each. */
  List<String> told() {
    try (Stream<Path> folder = Files.list(OwnerOnly.folderOf(journal))) {
      return folder
          .filter(file -> file.getFileName().toString().startsWith(names))
          .sorted()
          .map(
              file ->
                  "text of the journal %s that could not be read is in %s: %s"
                      .formatted(journal, file, WHAT_TO_DO))
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
