package xmover.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import xmover.environment.Environment;
import xmover.observe.DryRunPlan;
import xmover.observe.RunLog;
import xmover.observe.RunSummary;
import xmover.reset.RunReport;

/** Where the results of a run go: to stdout for people, into the log for programs. */
final class Results {
  private final StandardOutput stdout;
  private final CommandLine commandLine;
  private final boolean json;

  Results(Environment environment, CommandLine commandLine, LogArguments log) {
    this.stdout = new StandardOutput(environment);
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
      print(log, new RunSummary(report, stdout.terminal(commandLine)).render());
    }
    return exitCode;
  }

  /** Tells what a run would do. */
  ExitCode of(DryRunPlan plan, RunReport report, RunLog log) {
    if (json) {
      log.planned(plan);
    } else {
      print(log, plan.render());
    }
    return ExitCode.of(report);
  }

  /** The log first, so that the two don't mix on a terminal. */
  private void print(RunLog log, String text) {
    log.flush();
    commandLine.getOut().print("\n" + text);
    commandLine.getOut().flush();
  }
}
