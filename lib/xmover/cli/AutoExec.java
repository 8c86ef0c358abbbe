package xmover.cli;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import picocli.CommandLine;
import xmover.cluster.Statement;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.observe.DryRunPlan;
import xmover.observe.LogLines;
import xmover.observe.RunLog;
import xmover.observe.RunSummary;
import xmover.observe.StructuredLogger;
import xmover.reset.Journal;
import xmover.reset.ResetPolicy;
import xmover.reset.RunIdentity;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;

/** A run from the command line: look, reset what qualifies or tell how, and say what came of it. */
final class AutoExec {
  private static final InstantSource CLOCK = InstantSource.system();

  private final ConnectionArguments connection;
  private final RunArguments arguments;
  private final LogArguments log;
  private final CommandLine commandLine;

  /** What is to be reset: an analysis made from a look at the cluster. */
  interface Choice extends Function<Detection, Future<Analysis>> {}

  AutoExec(
      ConnectionArguments connection,
      RunArguments arguments,
      LogArguments log,
      CommandLine commandLine) {
    this.connection = connection;
    this.arguments = arguments;
    this.log = log;
    this.commandLine = commandLine;
  }

  /** Resets what was chosen. */
  ExitCode run(Choice choice) {
    RunLimits limits = arguments.limits();
    RunIdentity identity = ThisProcess.newRun(CLOCK);
    LogLines lines = log.open(CLOCK, identity);
    try (Toolkit toolkit = connection.open()) {
      Run run = toolkit.run(List.of(new StructuredLogger(lines)), identity);
      Analysis analysis = Toolkit.await(choice.apply(run.detection()));
      ResetPolicy policy = arguments.policy(analysis.cluster());
      var runLog = new RunLog(lines);
      runLog.started(analysis, policy);
      RunReport report =
          Toolkit.await(run.reset(analysis.toReset(), policy, limits, Journal.NONE, Map.of()));
      ExitCode exitCode = ExitCode.of(report);
      if (log.isJson()) {
        runLog.ended(report, exitCode.number());
      } else {
        print(new RunSummary(report, StandardOutput.terminal(commandLine)).render());
      }
      return exitCode;
    }
  }

  /** Tells what {@link #run} would do. */
  ExitCode dryRun(Choice choice) {
    RunLimits limits = arguments.limits();
    RunIdentity identity = ThisProcess.newRun(CLOCK);
    LogLines lines = log.open(CLOCK, identity);
    List<Statement> told = new CopyOnWriteArrayList<>();
    try (Toolkit toolkit = connection.open()) {
      Run run = toolkit.dryRun(told::add, identity);
      Analysis analysis = Toolkit.await(choice.apply(run.detection()));
      ResetPolicy policy = arguments.policy(analysis.cluster());
      var runLog = new RunLog(lines);
      runLog.started(analysis, policy);
      RunReport report =
          Toolkit.await(run.reset(analysis.toReset(), policy, limits, Journal.NONE, Map.of()));
      var plan = new DryRunPlan(report, told, policy, analysis.cluster());
      if (log.isJson()) {
        runLog.planned(plan);
      } else {
        print(plan.render());
      }
      return ExitCode.of(report);
    }
  }

  /** The log first, so that the two don't mix on a terminal. */
  private void print(String text) {
    LogLines.flush();
    commandLine.getOut().print("\n" + text);
    commandLine.getOut().flush();
  }
}
