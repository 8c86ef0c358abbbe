package xmover.reset;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.reset.machine.JournalEntry;

/**
 * Remembers nothing, for a dry run, which changes nothing.
 *
 * @param past the resets that ended, as the journal of a real run would tell them
 */
public record NoJournal(Supplier<Future<List<PastReset>>> past) implements Journal {
  @Override
  public Future<Void> write(JournalEntry entry) {
    return Future.succeededFuture();
  }

  @Override
  public Future<List<JournalEntry>> unfinished() {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Void> hold(RebalanceHold hold) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> release(RebalanceHold hold) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<RebalanceHold>> held() {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Void> remember(PastReset reset) {
    return Future.succeededFuture();
  }

  @Override
  public Future<List<PastReset>> history() {
    return past.get();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
