package xmover.reset.engine;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.reset.Journal;
import xmover.reset.PastReset;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;

/** A journal that outlasts every process of a test. */
public class KeptJournal implements Journal {
  private final List<JournalEntry> written;
  private final List<PastReset> past = new ArrayList<>();
  private Optional<RebalanceHold> held = Optional.empty();

  /**
   * @param written gets every entry, in order
   */
  public KeptJournal(List<JournalEntry> written) {
    this.written = written;
  }

  @Override
  public Future<Void> write(JournalEntry entry) {
    written.add(entry);
    return Future.succeededFuture();
  }

  @Override
  public Future<List<JournalEntry>> unfinished() {
    Map<List<Object>, JournalEntry> latest = new LinkedHashMap<>();
    written.forEach(entry -> latest.put(List.of(entry.table(), entry.identity()), entry));
    return Future.succeededFuture(
        latest.values().stream().filter(entry -> !entry.isSettled()).toList());
  }

  @Override
  public Future<Void> hold(RebalanceHold hold) {
    held = Optional.of(hold);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> release(RebalanceHold hold) {
    held = held.filter(other -> !other.equals(hold));
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<RebalanceHold>> held() {
    return Future.succeededFuture(held);
  }

  @Override
  public Future<Void> remember(PastReset reset) {
    past.removeIf(reset::isSame);
    past.add(reset);
    return Future.succeededFuture();
  }

  @Override
  public Future<List<PastReset>> history() {
    return Future.succeededFuture(List.copyOf(past));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
