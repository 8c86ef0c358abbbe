package xmover.reset;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import xmover.cluster.Statement;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/**
 * Something that happened in a run. Log, metrics, page, alerts and reports hang on it, and nothing
 * of a reset does.
 */
public sealed interface RunEvent {
  /** The table it is about; empty for what is about the run. */
  default Optional<TableRef> table() {
    return Optional.empty();
  }

  /** The run reached its cluster. */
  record RunStarted(RunIdentity run, ClusterIdentity cluster) implements RunEvent {}

  /** It looked for tables; not told where it only goes on with what others began. */
  record Analysed(Analysis analysis, ResetPolicy policy) implements RunEvent {}

  /** What was healed so far on this cluster, oldest first; told at the beginning and at the end. */
  record HistoryRead(List<PastReset> past) implements RunEvent {}

  /** No more than this much data may have one copy at a time. */
  record ExposureLimited(Bytes most) implements RunEvent {}

  /**
   * The run deals with the tables named, and leaves others that earlier runs did not end.
   *
   * @param atZero those of them that may be at 0 replicas
   */
  record OthersLeft(List<LeftTable> atZero) implements RunEvent {}

  /** These tables are to be healed, worst first. */
  record Chosen(List<Finding> tables) implements RunEvent {}

  /** A gate refuses a table for what passes by itself: it is asked again. */
  record GateAwaited(Finding finding, GateVerdict gate) implements OfFinding {}

  /** The gates were asked whether a table may start. */
  record GatesAsked(Finding finding, List<GateVerdict> verdicts) implements OfFinding {}

  /** A remedy is about to be tried. */
  record RemedyBegun(Finding finding, Remedy remedy) implements OfFinding {}

  /** A remedy is about to be applied to one copy. */
  record CopyTreated(Finding finding, CopyStep step) implements OfFinding {}

  /** A run goes on with what another process left: the table may be at zero replicas. */
  record Resuming(ResetJob job) implements OfJob {}

  /** A table went from one state of its reset to another. */
  record Transition(ResetJob from, ResetJob to) implements OfJob {
    @Override
    public ResetJob job() {
      return to;
    }
  }

  /** The leases were looked at. */
  record LeasesLookedAt(ResetJob job, LeaseReading reading) implements OfJob {}

  /**
   * They are not cleared, or could not be seen, and are waited for.
   *
   * @param attempt which wait begins, counted from 1, of {@code attempts} until the time is up
   * @param waitingFor what the wait is for, in words
   */
  record LeasesAwaited(ResetJob job, int attempt, int attempts, Duration delay, String waitingFor)
      implements OfJob {}

  /** The lease sync was asked for and is not to be had: the plain wait follows. */
  record LeaseSyncRefused(TableRef subject, String reason) implements OfTable {}

  /** Copies of a table are being built. */
  record Recovering(Finding finding, RecoveryReading reading) implements OfFinding {}

  /** Something failed and will be tried again. */
  record Retrying(TableRef subject, String what, int attempt, Duration delay, String reason)
      implements OfTable {
    /** What an attempt to put replicas back is called. */
    public static final String RESTORING = "restoring";

    /** Whether replicas are to be put back. */
    public boolean isRestore() {
      return what.equals(RESTORING);
    }
  }

  /** Every copy of a table as it was seen. */
  record CopiesSeen(TableRef subject, List<CopyReading> copies) implements OfTable {}

  /** The nodes of the cluster as they were seen. */
  record NodesSeen(List<NodeReading> nodes) implements RunEvent {}

  /** Something about a table is not as it was or as it should be; it goes on all the same. */
  record Noticed(TableRef subject, String what) implements OfTable {}

  /** The journal could not be written where that does not stop the reset. */
  record JournalFailed(TableRef subject, String reason) implements OfTable {}

  /** A table's turn is over. */
  record TableEnded(TableResult result) implements OfFinding {
    @Override
    public Finding finding() {
      return result.finding();
    }
  }

  /** A statement that changes something is about to leave. */
  record Sending(Statement statement) implements OfStatement {}

  /** It was answered. */
  record Answered(Statement statement, Duration took) implements OfStatement {}

  /** It failed, or its answer was lost. */
  record StatementFailed(Statement statement, Duration took, Throwable failure)
      implements OfStatement {}

  /** A statement that changes nothing came back; not answered when it failed or that was lost. */
  record QueryEnded(Statement statement, boolean answered) implements RunEvent {}

  /** A statement failed and will be sent again. */
  record SendingAgain(Statement statement) implements RunEvent {}

  /** Rebalancing is held, or put back, or could not be. */
  record Rebalancing(HoldNews news) implements RunEvent {}

  /** The circuit breaker changed its state: closed, open, half-open. */
  record Breaker(String state) implements RunEvent {
    public boolean isClosed() {
      return state.equals("closed");
    }
  }

  /** No new table starts until the run goes on. */
  record Paused() implements RunEvent {}

  /** A pause is over. */
  record Proceeding() implements RunEvent {}

  /** No new table starts any more, those under way are put back. */
  record Stopping(String reason) implements RunEvent {}

  /**
   * Every table was dealt with.
   *
   * @param exitCode what the command ends with
   */
  record RunEnded(RunReport report, int exitCode) implements RunEvent {}

  /** The run ended by an error instead, maybe before it reached its cluster. */
  record RunFailed(Throwable failure, int exitCode) implements RunEvent {}

  /** Of a table as it was found. */
  sealed interface OfFinding extends RunEvent {
    Finding finding();

    @Override
    default Optional<TableRef> table() {
      return Optional.of(finding().table());
    }
  }

  /** Of a reset. */
  sealed interface OfJob extends RunEvent {
    ResetJob job();

    @Override
    default Optional<TableRef> table() {
      return Optional.of(job().table());
    }
  }

  /** Of a table whatever is known of it. */
  sealed interface OfTable extends RunEvent {
    TableRef subject();

    @Override
    default Optional<TableRef> table() {
      return Optional.of(subject());
    }
  }

  /** Of a statement that changes something. */
  sealed interface OfStatement extends RunEvent {
    Statement statement();

    @Override
    default Optional<TableRef> table() {
      return statement().table();
    }
  }
}
