package xmover.options;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What every command understands. */
public final class CommonArguments {
  /** After what the command itself can do. */
  private static final int LAST = 120;

  private static final String DEBUG = "--debug";
  static final String HELP_ALL = "--help-all";

  @Option(order = LAST, names = DEBUG, description = "Show the stack trace of an error.")
  private boolean debug;

  @Option(
      order = LAST,
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show the help in short.")
  private boolean help;

  @Option(
      order = LAST,
      names = HELP_ALL,
      help = true,
      description = "Show every option, in groups.")
  private boolean helpAll;

  /** Whether all of the help was asked for. */
  static boolean isHelpAll(CommandLine command) {
    return command.getParseResult().hasMatchedOption(HELP_ALL);
  }

  /** Whether a stack trace was asked for, in words that nobody has taken apart yet. */
  static boolean isDebug(List<String> arguments) {
    return arguments.contains(DEBUG);
  }

  /** True when a stack trace was asked for. */
  static boolean isDebug(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .anyMatch(command -> command.getParseResult().hasMatchedOption(DEBUG));
  }
}
