package xmover.reset;

import java.time.Duration;
import java.util.List;
import xmover.cluster.Statement;
import xmover.reset.machine.ResetJob;
import xmover.table.Finding;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/**
 * Is told all that happens in a run; logs, metrics and progress hang on it. It is called on the
 * event loop and must do no blocking I/O; what it throws is caught and never fails a reset.
 */
public interface ResetListener {
  /** Tells nobody. */
  ResetListener NONE = new ResetListener() {};

  /** What {@link #retrying} calls an attempt to put replicas back. */
  String RESTORING = "restoring";

  /** A run goes on with what another process left: the table may be at zero replicas. */
  default void resuming(ResetJob job) {}

  /** A table went from one state to another. */
  default void transition(ResetJob from, ResetJob to) {}

  /**
   * The leases are not cleared yet, or could not be seen.
   *
   * @param attempt which wait begins, counted from 1, of {@code attempts} until the time is up
   * @param waitingFor what the wait is for, in words
   */
  default void waiting(
      ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {}

  /** The leases were looked at. */
  default void looked(ResetJob job, LeaseReading reading) {}

  /** A statement that changes something, a table or the cluster, is about to leave. */
  default void sending(Statement statement) {}

  /** It was answered. */
  default void answered(Statement statement, Duration took) {}

  /** It failed, or its answer was lost. */
  default void failed(Statement statement, Duration took, Throwable failure) {}

  /**
   * A statement that changes nothing came back.
   *
   * @param answered false when it failed, or its answer was lost
   */
  default void read(Statement statement, boolean answered) {}

  /** A statement failed and will be sent again. */
  default void sendingAgain(Statement statement) {}

  /** Something failed and will be tried again. */
  default void retrying(TableRef table, String what, int attempt, Duration delay, String reason) {}

  /** The lease sync was asked for and is not to be had: the plain wait follows. */
  default void leaseSyncRefused(TableRef table, String reason) {}

  /** Something about a table is not as it was or as it should be; it goes on all the same. */
  default void noticed(TableRef table, String what) {}

  /** The journal could not be written where that does not stop the reset. */
  default void journalFailed(TableRef table, String reason) {}

  /** Rebalancing is held, or put back, or could not be. */
  default void rebalancing(HoldNews news) {}

  /** These tables are to be reset, worst first. */
  default void chosen(List<Finding> tables) {}

  /** A gate refuses a table for what passes by itself: it is asked again until then. */
  default void awaiting(Finding table, GateVerdict gate) {}

  /** The gates were asked whether a table may start. */
  default void gates(Finding table, List<GateVerdict> verdicts) {}

  /** Something gentler than a reset is about to be tried. */
  default void treating(Finding table, Remedy remedy) {}

  /** A gentler remedy is about to be applied to one of its copies. */
  default void treating(Finding table, CopyStep step) {}

  /** The replicas of a table are being built. */
  default void recovering(Finding table, RecoveryReading reading) {}

  /** Every copy of a table as a look saw them. */
  default void copies(TableRef table, List<CopyReading> copies) {}

  /** The nodes of the cluster as a look saw them. */
  default void nodes(List<NodeReading> nodes) {}

  /** A table's turn is over. */
  default void ended(TableResult result) {}

  /** The circuit breaker of the cluster changed its state: closed, open, half-open. */
  default void breaker(String state) {}

  /** No new table starts until {@link #proceeding}; those under way go on. */
  default void paused() {}

  /** A pause is over. */
  default void proceeding() {}

  /** No new table starts any more, those under way are put back. */
  default void stopping(String reason) {}
}
