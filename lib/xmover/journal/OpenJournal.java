package xmover.journal;

import io.vertx.core.Future;
import java.util.function.Supplier;
import xmover.reset.Journal;

/** The lock and the journal of a run, held and let go of together: who writes it holds the lock. */
public record OpenJournal(Lock lock, Journal journal) {
  /** Takes the lock, then opens the journal; without a journal the lock is let go of again. */
  public static Future<OpenJournal> open(
      Future<? extends Lock> lock, Supplier<Future<Journal>> journal) {
    return lock.compose(
        held ->
            journal
                .get()
                .map(opened -> new OpenJournal(held, opened))
                .recover(
                    failure -> held.release().transform(released -> Future.failedFuture(failure))));
  }

  /** Lets go of both, the lock last. */
  public Future<Void> close() {
    return journal.close().eventually(lock::release);
  }
}
