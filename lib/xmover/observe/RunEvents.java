package xmover.observe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.observe.LogOutput.Severity;
import xmover.reset.GateVerdict;
import xmover.reset.HoldNews;
import xmover.reset.Remedy;
import xmover.reset.ResetFailure;
import xmover.reset.ResetJob;
import xmover.reset.ResetState;
import xmover.reset.TableResult;
import xmover.table.Finding;
import xmover.table.TableRef;

/** Puts what happens in a run into words and keeps the last of them. */
class RunEvents implements RunObserver {
  private final LastEvents events;

  RunEvents(InstantSource clock) {
    this.events = new LastEvents(clock);
  }

  /** Oldest first. */
  final List<RunEvent> last() {
    return events.list();
  }

  /** How many there were. */
  final long count() {
    return events.count();
  }

  final void tell(Severity severity, String text) {
    add(severity, Optional.empty(), text);
  }

  private void tell(Severity severity, TableRef table, String text) {
    add(severity, Optional.of(table), text);
  }

  private void add(Severity severity, Optional<TableRef> table, String text) {
    events.add(severity, table, text);
  }

  @Override
  public void chosen(List<Finding> findings) {
    if (!findings.isEmpty()) {
      tell(Severity.INFO, "%s tables are to be reset".formatted(findings.size()));
    }
  }

  @Override
  public void awaiting(Finding table, GateVerdict gate) {
    tell(Severity.INFO, table.table(), "Waiting until this is over: " + gate.reason());
  }

  @Override
  public void gates(Finding table, List<GateVerdict> verdicts) {
    for (GateVerdict verdict : verdicts) {
      switch (verdict.answer()) {
        case UNREAD -> tell(Severity.ERROR, table.table(), "Left alone: " + verdict);
        case SHUT -> tell(Severity.ERROR, table.table(), "Refused: " + verdict);
        case IGNORED -> tell(Severity.WARN, table.table(), "Ignored: " + verdict);
        case TOLD -> tell(Severity.WARN, table.table(), verdict.toString());
        case OPEN -> {}
      }
    }
  }

  @Override
  public void treating(Finding table, Remedy remedy) {
    tell(Severity.INFO, table.table(), "Trying " + remedy + " first");
  }

  @Override
  public void resuming(ResetJob job) {
    tell(Severity.INFO, job.table(), "Going on with what another run left at " + job.state());
  }

  @Override
  public void transition(ResetJob from, ResetJob to) {
    String why = to.cause().map(ResetFailure::message).map(text -> ": " + text).orElse("");
    tell(
        to.state() == ResetState.FAILED ? Severity.ERROR : Severity.INFO,
        to.table(),
        from.state() + " → " + to.state() + why);
  }

  @Override
  public void ended(TableResult result) {
    String why = result.notStarted().isEmpty() ? "" : ": " + result.notStarted();
    tell(
        result.isCompleted() && !result.isNotCured() ? Severity.INFO : Severity.ERROR,
        result.finding().table(),
        "Ended: " + RunSummary.result(result) + why);
  }

  @Override
  public void sending(Statement statement) {
    add(Severity.INFO, statement.table(), "Sending: " + statement.text());
  }

  @Override
  public void answered(Statement statement, Duration took) {
    add(Severity.INFO, statement.table(), "Answered after %s ms".formatted(took.toMillis()));
  }

  @Override
  public void failed(Statement statement, Duration took, Throwable failure) {
    add(
        Severity.WARN,
        statement.table(),
        "Failed after %s ms: %s".formatted(took.toMillis(), ClusterFailure.sentence(failure)));
  }

  @Override
  public void retrying(TableRef table, String what, int attempt, Duration delay, String reason) {
    tell(
        Severity.WARN,
        table,
        "%s failed (attempt %s), again in %s: %s"
            .formatted(what, attempt, Lasting.text(delay), reason));
  }

  @Override
  public void leaseSyncRefused(TableRef table, String reason) {
    tell(Severity.WARN, table, "No lease sync on request, waiting for the tick: " + reason);
  }

  @Override
  public void noticed(TableRef table, String what) {
    tell(Severity.WARN, table, what);
  }

  @Override
  public void journalFailed(TableRef table, String reason) {
    tell(Severity.WARN, table, "The journal could not be written: " + reason);
  }

  @Override
  public void rebalancing(HoldNews news) {
    tell(StructuredLogger.severity(news), news.text());
  }

  @Override
  public void breaker(String state) {
    tell(Severity.WARN, "Circuit breaker: " + state);
  }

  @Override
  public void paused() {
    tell(Severity.WARN, "Paused: no new table is started, those under way go on");
  }

  @Override
  public void proceeding() {
    tell(Severity.INFO, "Going on");
  }

  @Override
  public void stopping(String reason) {
    tell(Severity.WARN, "Stopping (" + reason + "): those at risk are put back");
  }
}
