package xmover.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.journal.Memory;
import xmover.observe.Advice;
import xmover.observe.LogLines;
import xmover.observe.RunLog;
import xmover.observe.StructuredLogger;
import xmover.reset.ResetPolicy;
import xmover.reset.RunIdentity;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.Unfinished;
import xmover.table.Finding;

/**
 * A run's hold on one cluster: connection, lock, journal, log, and an ear for signals. Close it to
 * let go of all.
 */
final class Session implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  private final RunIdentity identity;
  private final Toolkit toolkit;
  private final Run run;
  private final RunLog log;
  private final ClusterIdentity cluster;
  private final Memory memory;
  private final StopSignals signals;

  private Session(
      RunIdentity identity,
      Toolkit toolkit,
      Run run,
      RunLog log,
      ClusterIdentity cluster,
      Memory memory,
      PrintWriter err) {
    this.identity = identity;
    this.toolkit = toolkit;
    this.run = run;
    this.log = log;
    this.cluster = cluster;
    this.memory = memory;
    this.signals =
        StopSignals.listen(signal -> stop("stopped by " + signal), code -> leave(err, code));
  }

  /**
   * Connects, takes the lock and opens the journal.
   *
   * @param takeover whether to take the lock from another run
   */
  static Session open(
      ConnectionArguments connection,
      JournalArguments journal,
      LogArguments logging,
      boolean takeover,
      PrintWriter err) {
    RunIdentity identity = ThisProcess.newRun(CLOCK);
    LogLines lines = logging.open(CLOCK, identity);
    var log = new RunLog(lines);
    Toolkit toolkit = connection.open();
    try {
      Run run = toolkit.run(List.of(new StructuredLogger(lines)), identity);
      ClusterIdentity cluster = Toolkit.await(run.detection().identity());
      Memory memory =
          Toolkit.await(journal.open(toolkit, cluster, identity, takeover, log::lockTroubled));
      memory.lock().takenFrom().ifPresent(log::tookOver);
      return new Session(identity, toolkit, run, log, cluster, memory, err);
    } catch (RuntimeException refused) {
      toolkit.close();
      throw refused;
    }
  }

  Detection detection() {
    return run.detection();
  }

  RunIdentity identity() {
    return identity;
  }

  ClusterIdentity cluster() {
    return cluster;
  }

  RunLog log() {
    return log;
  }

  /** What was begun by others and is not ended. */
  Unfinished unfinished() {
    return Toolkit.await(
        memory.journal().unfinished().compose(all -> Unfinished.of(all, run.detection())));
  }

  /** Resets these tables. */
  RunReport reset(List<Finding> tables, ResetPolicy policy, RunLimits limits) {
    return Toolkit.await(run.reset(tables, policy, limits, memory.journal(), Map.of()));
  }

  /** Goes on with what other runs did not end. */
  RunReport resume(Unfinished unfinished, ResetPolicy policy, RunLimits limits) {
    log.resuming(unfinished);
    return Toolkit.await(
        run.reset(unfinished.findings(), policy, limits, memory.journal(), unfinished.begun()));
  }

  /** Ends the run in order when this time is over. */
  void stopAfter(Duration longest) {
    toolkit.timers().after(longest).onSuccess(over -> stop("--max-runtime is over"));
  }

  /** The code to leave with: that of a signal, unless something worse happened. */
  ExitCode exitCode(RunReport report) {
    return signals.exitCode(ExitCode.of(report));
  }

  private void stop(String reason) {
    log.stopping(reason);
    run.stop(reason);
  }

  /** The second signal: tells what is at risk, and is gone. */
  private void leave(PrintWriter err, ExitCode code) {
    try {
      run.atRisk()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(2, TimeUnit.SECONDS)
          .join()
          .forEach(job -> err.println(Advice.leftAtRisk(job)));
    } catch (CompletionException busy) {
      err.println("xmover: left without knowing what is at risk. Run: xmover status");
    }
    err.flush();
    Runtime.getRuntime().halt(code.number());
  }

  @Override
  public void close() {
    try {
      Toolkit.await(memory.close());
    } finally {
      toolkit.close();
    }
  }
}
