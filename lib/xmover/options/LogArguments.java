package xmover.options;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.journal.file.OwnerOnly;
import xmover.log.LogOutput;
import xmover.log.LogOutput.Form;
import xmover.log.LogOutput.Severity;

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
      names = "--log-file",
      paramLabel = "FILE",
      description = "Append the log to this file instead of stderr; only its owner may read it.")
  private @Nullable Path file;

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
    return CommonArguments.typed(FORM, arguments).equalsIgnoreCase(Form.json.name());
  }

  /** Opens the log of a run; close it when the run has ended. */
  public LogOutput open(Environment environment) {
    return LogOutput.open(
        logging(environment),
        form,
        quiet ? Severity.WARN : verbose ? Severity.DEBUG : Severity.INFO);
  }

  private Environment logging(Environment environment) {
    if (file == null) {
      return environment;
    }
    try {
      var options =
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return environment.logging(Channels.newOutputStream(OwnerOnly.open(file, options)));
    } catch (IOException failed) {
      throw new InvalidSettings(
          "The log file %s can't be opened: %s.".formatted(file, OwnerOnly.reason(failed)));
    }
  }
}
