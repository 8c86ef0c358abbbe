package xmover.options;

import java.util.List;
import picocli.CommandLine.Option;
import xmover.environment.Environment;
import xmover.observe.LogOutput;
import xmover.observe.LogOutput.Form;
import xmover.observe.LogOutput.Severity;

/** How a run logs. */
public final class LogArguments {
  /** After what the command itself can do. */
  private static final int LAST = 110;

  private static final String FORM = "--log-format";

  @Option(
      order = LAST,
      names = FORM,
      paramLabel = "FORM",
      defaultValue = "console",
      description = "console, or json: one object a line on stderr (default: ${DEFAULT-VALUE}).")
  private Form form = Form.console;

  @Option(
      order = LAST,
      names = {"-v", "--verbose"},
      description = "Log every look at the leases, too.")
  private boolean verbose;

  @Option(
      order = LAST,
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

  /** Opens the log of a run; close it when the run has ended. */
  public LogOutput open(Environment environment) {
    return LogOutput.open(
        environment, form, quiet ? Severity.WARN : verbose ? Severity.DEBUG : Severity.INFO);
  }
}
