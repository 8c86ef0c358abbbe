package xmover.reset;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xmover.table.TableRef;

/** A journal that outlasts every process of a test. */
final class KeptJournal implements Journal {
  private final List<JournalEntry> written;

  /**
   * @param written gets every entry, in order
   */
  KeptJournal(List<JournalEntry> written) {
    this.written = written;
  }

  @Override
  public Future<Void> write(JournalEntry entry) {
    written.add(entry);
    return Future.succeededFuture();
  }

  @Override
  public Future<List<JournalEntry>> unfinished() {
    Map<TableRef, JournalEntry> latest = new LinkedHashMap<>();
    written.forEach(entry -> latest.put(entry.table(), entry));
    return Future.succeededFuture(
        latest.values().stream().filter(entry -> !entry.isSettled()).toList());
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
