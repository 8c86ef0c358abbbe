package xmover.report;

import io.vertx.core.Future;
import java.util.Optional;
import xmover.table.Printable;

/** Keeps the report of a run for those who ask for it once the run is over. Any thread may. */
public final class KeptReport implements RunRecorder.Outlet {
  private volatile Optional<RunRecord> record = Optional.empty();

  @Override
  public Future<Void> take(RunRecord told) {
    record = Optional.of(told);
    return Future.succeededFuture();
  }

  /** As a page of its own; empty while the run goes on. */
  public Optional<String> html() {
    return record.map(ReportHtml::of);
  }

  /** For programs; empty while the run goes on. */
  public Optional<String> json() {
    return record.map(told -> Printable.lines(ReportJson.of(told).toPrettyString()) + "\n");
  }
}
