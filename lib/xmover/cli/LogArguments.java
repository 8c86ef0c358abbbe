package xmover.cli;

import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Option;
import xmover.observe.LogLines;
import xmover.observe.LogLines.Form;
import xmover.observe.LogLines.Severity;
import xmover.reset.RunIdentity;

/** How a run logs. */
final class LogArguments {
  private static final String FORM = "--log-format";

  @Option(
      names = FORM,
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

  /** Whether a command line asks for JSON, also where the rest of it makes no sense. */
  static boolean isJson(List<String> arguments) {
    int option = arguments.indexOf(FORM);
    String form =
        option >= 0 && option + 1 < arguments.size()
            ? arguments.get(option + 1)
            : arguments.stream()
                .filter(argument -> argument.startsWith(FORM + "="))
                .findFirst()
                .map(argument -> argument.substring(FORM.length() + 1))
                .orElse("");
    return form.equalsIgnoreCase(Form.json.name());
  }

  boolean isJson() {
    return form == Form.json;
  }

  /** Whether somebody reads along, and not only what went wrong. */
  boolean isForPeople() {
    return form == Form.console && !quiet;
  }

  /** Sets logging up for the process. */
  LogLines open(InstantSource clock, RunIdentity run) {
    LogLines.configure(form, quiet ? Severity.WARN : verbose ? Severity.DEBUG : Severity.INFO);
    return new LogLines(form, run.runId(), clock);
  }
}
