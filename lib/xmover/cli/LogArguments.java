package xmover.cli;

import java.time.InstantSource;
import picocli.CommandLine.Option;
import xmover.observe.LogLines;
import xmover.observe.LogLines.Form;
import xmover.observe.LogLines.Severity;
import xmover.reset.RunIdentity;

/** How a run logs. */
final class LogArguments {
  @Option(
      names = "--log-format",
      paramLabel = "FORM",
      defaultValue = "console",
      description = "console, or json: one object a line on stderr (default: ${DEFAULT-VALUE}).")
  private Form form = Form.console;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log every look at the leases, too.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Log warnings and errors only.")
  private boolean quiet;

  boolean isJson() {
    return form == Form.json;
  }

  /** Sets logging up for the process. */
  LogLines open(InstantSource clock, RunIdentity run) {
    LogLines.configure(form, quiet ? Severity.WARN : verbose ? Severity.DEBUG : Severity.INFO);
    return new LogLines(form, run.runId(), clock);
  }
}
