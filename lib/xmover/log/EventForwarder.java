package xmover.log;

import java.time.Duration;
import java.util.List;
import xmover.cluster.Statement;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.observe.RunObserver;
import xmover.reset.CopyStep;
import xmover.reset.GateVerdict;
import xmover.reset.HoldNews;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/** Hands on what observers are told, as events, to a listener. */
public class EventForwarder implements RunObserver {
  private final RunListener listener;

  public EventForwarder(RunListener listener) {
    this.listener = listener;
  }

  @Override
  public void runStarted(RunIdentity run, ClusterIdentity cluster) {
    listener.on(new RunEvent.RunStarted(run, cluster));
  }

  @Override
  public void analysed(Analysis analysis, ResetPolicy policy) {
    listener.on(new RunEvent.Analysed(analysis));
  }

  @Override
  public void chosen(List<Finding> tables) {
    listener.on(new RunEvent.Chosen(tables));
  }

  @Override
  public void awaiting(Finding table, GateVerdict gate) {
    listener.on(new RunEvent.GateAwaited(table, gate));
  }

  @Override
  public void gates(Finding table, List<GateVerdict> verdicts) {
    listener.on(new RunEvent.GatesAsked(table, verdicts));
  }

  @Override
  public void treating(Finding table, Remedy remedy) {
    listener.on(new RunEvent.RemedyBegun(table, remedy));
  }

  @Override
  public void treating(Finding table, CopyStep step) {
    listener.on(new RunEvent.CopyTreated(table, step));
  }

  @Override
  public void resuming(ResetJob job) {
    listener.on(new RunEvent.Resuming(job));
  }

  @Override
  public void transition(ResetJob from, ResetJob to) {
    listener.on(new RunEvent.Transition(from, to));
  }

  @Override
  public void looked(ResetJob job, LeaseReading reading) {
    listener.on(new RunEvent.LeasesLookedAt(job, reading));
  }

  @Override
  public void waiting(ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {
    listener.on(new RunEvent.LeasesAwaited(job, attempt, attempts, delay, waitingFor));
  }

  @Override
  public void leaseSyncRefused(TableRef table, String reason) {
    listener.on(new RunEvent.LeaseSyncRefused(table, reason));
  }

  @Override
  public void recovering(Finding table, RecoveryReading reading) {
    listener.on(new RunEvent.Recovering(table, reading));
  }

  @Override
  public void retrying(TableRef table, String what, int attempt, Duration delay, String reason) {
    listener.on(new RunEvent.Retrying(table, what, attempt, delay, reason));
  }

  @Override
  public void noticed(TableRef table, String what) {
    listener.on(new RunEvent.Noticed(table, what));
  }

  @Override
  public void journalFailed(TableRef table, String reason) {
    listener.on(new RunEvent.JournalFailed(table, reason));
  }

  @Override
  public void ended(TableResult result) {
    listener.on(new RunEvent.TableEnded(result));
  }

  @Override
  public void sending(Statement statement) {
    listener.on(new RunEvent.Sending(statement));
  }

  @Override
  public void answered(Statement statement, Duration took) {
    listener.on(new RunEvent.Answered(statement, took));
  }

  @Override
  public void failed(Statement statement, Duration took, Throwable failure) {
    listener.on(new RunEvent.StatementFailed(statement, took, failure));
  }

  @Override
  public void rebalancing(HoldNews news) {
    listener.on(new RunEvent.Rebalancing(news));
  }

  @Override
  public void breaker(String state) {
    listener.on(new RunEvent.Breaker(state));
  }

  @Override
  public void paused() {
    listener.on(new RunEvent.Paused());
  }

  @Override
  public void proceeding() {
    listener.on(new RunEvent.Proceeding());
  }

  @Override
  public void stopping(String reason) {
    listener.on(new RunEvent.Stopping(reason));
  }

  @Override
  public void runEnded(RunReport report, int exitCode) {
    listener.on(new RunEvent.RunEnded(report, exitCode));
  }

  @Override
  public void runFailed(Throwable failure, int exitCode) {
    listener.on(new RunEvent.RunFailed(failure, exitCode));
  }
}
