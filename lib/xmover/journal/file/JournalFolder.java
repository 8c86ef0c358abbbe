package xmover.journal.file;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import xmover.journal.JournalFailure;
import xmover.reset.PastReset;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.RunIdentity;

/**
 * The journals of every cluster that was worked on from this machine. A journal is named by the id
 * of its cluster, so that behind an address which leads to another cluster by now, or to none,
 * nobody would find it.
 */
public final class JournalFolder {
  /**
   * A journal with something unfinished.
   *
   * @param entries the resets that were begun from one of the addresses asked for
   */
  public record Open(Path file, List<JournalEntry> entries, Optional<RebalanceHold> held) {
    public Open {
      entries = List.copyOf(entries);
    }
  }

  private JournalFolder() {}

  /** What is unfinished of all that was begun from one of these addresses, but for one journal. */
  public static Future<List<Open>> reachedAt(
      Vertx vertx, Path folder, Collection<String> addresses, Optional<Path> butFor) {
    return vertx.executeBlocking(
        () ->
            files(folder, "*.jsonl").stream()
                .filter(file -> butFor.filter(file::equals).isEmpty())
                .map(file -> open(file, run -> wasAt(run, addresses)))
                .flatMap(Optional::stream)
                .toList());
  }

  /** What is unfinished in one journal. */
  public static Future<List<Open>> in(Vertx vertx, Path file) {
    return vertx.executeBlocking(() -> open(file, run -> true).stream().toList());
  }

  /** The resets that ended and were begun from one of these addresses, oldest first. */
  public static Future<List<PastReset>> historyReachedAt(
      Vertx vertx, Path folder, Collection<String> addresses) {
    return vertx.executeBlocking(
        () ->
            files(folder, "*.jsonl" + HistoryFile.ENDING).stream()
                .flatMap(file -> HistoryFile.at(file).read().stream())
                .filter(reset -> wasAt(reset.run(), addresses))
                .sorted(Comparator.comparing(PastReset::at))
                .toList());
  }

  private static List<Path> files(Path folder, String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private static Optional<Open> open(Path file, Predicate<RunIdentity> ours) {
    JournalText text;
    try {
      text = new JournalFile(file).read();
    } catch (JournalFailure unreadable) {
      // Whoever works on its cluster is told.
      return Optional.empty();
    }
    var open =
        new Open(
            file,
            text.unfinished().stream().filter(entry -> ours.test(entry.run())).toList(),
            text.held().filter(hold -> ours.test(hold.run())));
    return open.entries().isEmpty() && open.held().isEmpty() ? Optional.empty() : Optional.of(open);
  }

  private static boolean wasAt(RunIdentity run, Collection<String> addresses) {
    return run.addresses().stream().anyMatch(addresses::contains);
  }
}
