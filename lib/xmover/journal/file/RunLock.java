package xmover.journal.file;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import xmover.journal.JournalFailure;
import xmover.journal.Lock;
import xmover.reset.machine.RunIdentity;

/**
 * The lock of the runs on this machine: one file per cluster, held by one process until it lets go
 * or dies.
 */
public final class RunLock implements Lock {
  private final Vertx vertx;
  private final LockFile file;
  private final Optional<String> takenFrom;

  private RunLock(Vertx vertx, LockFile file, Optional<String> takenFrom) {
    this.vertx = vertx;
    this.file = file;
    this.takenFrom = takenFrom;
  }

  /**
   * Takes the lock, or fails with a {@link JournalFailure} that says who holds it.
   *
   * @param takeover whether to go on although another process holds it
   */
  public static Future<RunLock> acquire(Vertx vertx, Path file, RunIdentity me, boolean takeover) {
    return vertx.executeBlocking(
        () -> {
          var lock = new LockFile(file);
          Optional<String> holder = take(lock, file, me);
          if (holder.isPresent() && !takeover) {
            throw new JournalFailure(
                "another run works on this cluster: "
                    + holder.get()
                    + ". Wait until it has ended, or go on in its place with resume --takeover or"
                    + " restore --takeover");
          }
          return new RunLock(vertx, lock, holder);
        });
  }

  /** Who holds it, without taking it; empty when nobody does. */
  public static Future<Optional<String>> holder(Vertx vertx, Path file) {
    return vertx.executeBlocking(
        () -> {
          try {
            return new LockFile(file).holder();
          } catch (IOException failure) {
            throw new JournalFailure(
                "the lock " + file + " can't be read: " + OwnerOnly.reason(failure), failure);
          }
        });
  }

  private static Optional<String> take(LockFile lock, Path file, RunIdentity me) {
    try {
      return lock.take(me + ", process " + ProcessHandle.current().pid());
    } catch (IOException failure) {
      throw new JournalFailure(
          "the lock "
              + file
              + " can't be taken: "
              + OwnerOnly.reason(failure)
              + ". Make its folder writable, or set XDG_STATE_HOME to another one",
          failure);
    }
  }

  @Override
  public Future<Void> release() {
    return vertx
        .executeBlocking(
            () -> {
              file.release();
              return this;
            })
        // Closing the channel let go of it, whatever failed beside.
        .otherwiseEmpty()
        .mapEmpty();
  }

  @Override
  public Optional<String> takenFrom() {
    return takenFrom;
  }
}
