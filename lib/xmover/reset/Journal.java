package xmover.reset;

import io.vertx.core.Future;
import java.util.List;
import xmover.reset.machine.JournalEntry;

/**
 * Remembers which tables may be without replicas and what they had, across the death of the
 * process. A table at 0 has no replica rows, so no detection would ever find it again.
 */
public interface Journal extends HoldJournal, ResetHistory {
  /** Remembers nothing, and knows of nothing. */
  Journal NONE = new NoJournal(() -> Future.succeededFuture(List.of()));

  /**
   * Remembers an entry instead of the one its table had. Completes when it will outlast the death
   * of this process and its machine; until then the table must not be changed.
   */
  Future<Void> write(JournalEntry entry);

  /** The latest entry of each table whose reset is not settled, in the order they were begun. */
  Future<List<JournalEntry>> unfinished();

  /** Lets go of it; what is settled may be forgotten. */
  Future<Void> close();
}
