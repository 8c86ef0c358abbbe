package xmover.reset;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import xmover.cluster.Statement;
import xmover.reset.machine.ResetJob;
import xmover.table.Finding;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/** Tells several listeners; one that throws costs the others, and the reset, nothing. */
public final class GuardedListener implements ResetListener {
  private final Audience<ResetListener> audience;

  /**
   * @param broken is told what a listener threw
   */
  public GuardedListener(List<? extends ResetListener> listeners, Consumer<Throwable> broken) {
    this.audience = new Audience<>(listeners, broken);
  }

  private void tell(Consumer<ResetListener> news) {
    audience.tell(news);
  }

  @Override
  public void resuming(ResetJob job) {
    tell(l -> l.resuming(job));
  }

  @Override
  public void transition(ResetJob from, ResetJob to) {
    tell(l -> l.transition(from, to));
  }

  @Override
  public void waiting(ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {
    tell(l -> l.waiting(job, attempt, attempts, delay, waitingFor));
  }

  @Override
  public void looked(ResetJob job, LeaseReading reading) {
    tell(l -> l.looked(job, reading));
  }

  @Override
  public void sending(Statement statement) {
    tell(l -> l.sending(statement));
  }

  @Override
  public void answered(Statement statement, Duration took) {
    tell(l -> l.answered(statement, took));
  }

  @Override
  public void failed(Statement statement, Duration took, Throwable failure) {
    tell(l -> l.failed(statement, took, failure));
  }

  @Override
  public void read(Statement statement, boolean answered) {
    tell(l -> l.read(statement, answered));
  }

  @Override
  public void sendingAgain(Statement statement) {
    tell(l -> l.sendingAgain(statement));
  }

  @Override
  public void retrying(TableRef table, String what, int attempt, Duration delay, String reason) {
    tell(l -> l.retrying(table, what, attempt, delay, reason));
  }

  @Override
  public void leaseSyncRefused(TableRef table, String reason) {
    tell(l -> l.leaseSyncRefused(table, reason));
  }

  @Override
  public void noticed(TableRef table, String what) {
    tell(l -> l.noticed(table, what));
  }

  @Override
  public void journalFailed(TableRef table, String reason) {
    tell(l -> l.journalFailed(table, reason));
  }

  @Override
  public void rebalancing(HoldNews news) {
    tell(l -> l.rebalancing(news));
  }

  @Override
  public void chosen(List<Finding> tables) {
    tell(l -> l.chosen(tables));
  }

  @Override
  public void awaiting(Finding table, GateVerdict gate) {
    tell(l -> l.awaiting(table, gate));
  }

  @Override
  public void gates(Finding table, List<GateVerdict> verdicts) {
    tell(l -> l.gates(table, verdicts));
  }

  @Override
  public void treating(Finding table, CopyStep step) {
    tell(l -> l.treating(table, step));
  }

  @Override
  public void treating(Finding table, Remedy remedy) {
    tell(l -> l.treating(table, remedy));
  }

  @Override
  public void recovering(Finding table, RecoveryReading reading) {
    tell(l -> l.recovering(table, reading));
  }

  @Override
  public void copies(TableRef table, List<CopyReading> copies) {
    tell(l -> l.copies(table, copies));
  }

  @Override
  public void nodes(List<NodeReading> nodes) {
    tell(l -> l.nodes(nodes));
  }

  @Override
  public void ended(TableResult result) {
    tell(l -> l.ended(result));
  }

  @Override
  public void breaker(String state) {
    tell(l -> l.breaker(state));
  }

  @Override
  public void paused() {
    tell(ResetListener::paused);
  }

  @Override
  public void proceeding() {
    tell(ResetListener::proceeding);
  }

  @Override
  public void stopping(String reason) {
    tell(l -> l.stopping(reason));
  }
}
