package xmover.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What every command understands. */
final class CommonArguments {
  private static final String DEBUG = "--debug";

  @Option(names = DEBUG, description = "Show the stack trace of an error.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** True when a stack trace was asked for. */
  static boolean isDebug(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .anyMatch(command -> command.getParseResult().hasMatchedOption(DEBUG));
  }
}
