package xmover.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import xmover.observe.DryRunPlan;
import xmover.observe.LogLines;
import xmover.observe.RunLog;
import xmover.observe.RunSummary;
import xmover.reset.RunReport;

/** Where the results of a run go: to stdout for people, into the log for programs. */
final class Results {
  private final CommandLine commandLine;
  private final boolean json;

  Results(CommandLine commandLine, LogArguments log) {
    this.commandLine = commandLine;
    this.json = log.isJson();
  }

  PrintWriter err() {
    return commandLine.getErr();
  }

  /** Tells what a run did; answers the code given. */
  ExitCode of(RunReport report, ExitCode exitCode, RunLog log) {
    if (json) {
      log.ended(report, exitCode.number());
    } else {
      print(new RunSummary(report, StandardOutput.terminal(commandLine)).render());
    }
    return exitCode;
  }

  /** Tells what a run would do. */
  ExitCode of(DryRunPlan plan, RunReport report, RunLog log) {
    if (json) {
      log.planned(plan);
    } else {
      print(plan.render());
    }
    return ExitCode.of(report);
  }

  /** The log first, so that the two don't mix on a terminal. */
  private void print(String text) {
    LogLines.flush();
    commandLine.getOut().print("\n" + text);
    commandLine.getOut().flush();
  }
}
