package xmover.journal.file;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import xmover.journal.JournalContents;
import xmover.journal.JournalFailure;
import xmover.reset.Journal;
import xmover.reset.PastReset;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;

/**
 * A journal in a file, one line of JSON per entry, written by one process at a time. It fails with
 * a {@link JournalFailure}.
 */
public final class FileJournal implements Journal {
  private final Vertx vertx;
  private final JournalFile file;
  private final HistoryFile history;
  private final LockFile lock;

  private FileJournal(Vertx vertx, JournalFile file, HistoryFile history, LockFile lock) {
    this.vertx = vertx;
    this.file = file;
    this.history = history;
    this.lock = lock;
  }

  /**
   * Opens the journal to write it; refused while another process does.
   *
   * @param told gets a sentence when a part of it can't be read, or is lost while it is written
   */
  public static Future<FileJournal> open(Vertx vertx, Path file, Consumer<String> told) {
    return vertx.executeBlocking(() -> locked(vertx, file, false, told));
  }

  /**
   * Opens the journal to write it even beside another process, whose entries stay: for a run that
   * has taken over the lock of the cluster.
   */
  public static Future<FileJournal> takeOver(Vertx vertx, Path file, Consumer<String> told) {
    return vertx.executeBlocking(() -> locked(vertx, file, true, told));
  }

  /** What a journal says, also while another process writes it. */
  public static Future<JournalContents> read(Vertx vertx, Path file) {
    return vertx.executeBlocking(() -> remembered(new JournalFile(file)));
  }

  /** The resets that ended, oldest first; a journal that can't be read is no obstacle. */
  public static Future<List<PastReset>> history(Vertx vertx, Path file) {
    return vertx.executeBlocking(() -> new HistoryFile(file).read());
  }

  private static JournalContents remembered(JournalFile file) {
    JournalText text = file.read();
    return new JournalContents(text.unfinished(), text.held(), file.troubles(text));
  }

  private static FileJournal locked(
      Vertx vertx, Path named, boolean takeover, Consumer<String> told) throws IOException {
    var journal = new JournalFile(named, told);
    Path file = journal.path();
    var lock = new LockFile(file.resolveSibling(file.getFileName() + ".lock"));
    Optional<String> writer = take(lock, file);
    if (writer.isPresent() && !takeover) {
      throw new JournalFailure(
          "the journal %s is being written by %s. Wait until it has ended, or name another with --journal"
              .formatted(file, writer.get()));
    }
    try {
      journal.begin(lock.isHeld());
    } catch (JournalFailure unreadable) {
      lock.release();
      throw unreadable;
    }
    return new FileJournal(vertx, journal, new HistoryFile(named), lock);
  }

  private static Optional<String> take(LockFile lock, Path file) {
    try {
      return lock.take("process " + ProcessHandle.current().pid());
    } catch (IOException failure) {
      throw new JournalFailure(
          "the journal %s can't be locked: %s. Make its folder writable, or name another with --journal"
              .formatted(file, OwnerOnly.reason(failure)),
          failure);
    }
  }

  @Override
  public Future<Void> write(JournalEntry entry) {
    return inTurn(
        () -> {
          file.append(entry);
          // Another process that writes it beside us could lose a line by this.
          if (lock.isHeld() && file.isLong()) {
            file.compact();
          }
          return file;
        });
  }

  @Override
  public Future<Void> hold(RebalanceHold hold) {
    return inTurn(
        () -> {
          file.hold(hold);
          return file;
        });
  }

  @Override
  public Future<Void> release(RebalanceHold hold) {
    return inTurn(
        () -> {
          file.release(hold);
          return file;
        });
  }

  @Override
  public Future<Optional<RebalanceHold>> held() {
    return vertx.executeBlocking(() -> file.read().held());
  }

  @Override
  public Future<Void> remember(PastReset reset) {
    return inTurn(
        () -> {
          history.append(reset);
          return history;
        });
  }

  @Override
  public Future<List<PastReset>> history() {
    return vertx.executeBlocking(history::read);
  }

  @Override
  public Future<List<JournalEntry>> unfinished() {
    return vertx.executeBlocking(() -> file.read().unfinished());
  }

  @Override
  public Future<Void> close() {
    return inTurn(
        () -> {
          try {
            if (lock.isHeld()) {
              file.compact();
              history.compact();
            }
          } finally {
            lock.release();
          }
          return file;
        });
  }

  /** One after the other, in the order they were asked for, and never on the event loop. */
  private Future<Void> inTurn(Callable<?> work) {
    return vertx.executeBlocking(work).mapEmpty();
  }
}
