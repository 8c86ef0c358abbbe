package xmover.options;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import xmover.environment.Environment;

/** What every command understands. */
public final class CommonArguments {
  /** After what the command itself can do. */
  private static final int LAST = 120;

  private static final String DEBUG = "--debug";
  private static final String COLOR = "--color";
  static final String HELP_ALL = "--help-all";

  /** Read before the command line is taken apart, as they say what else is set. */
  @Option(
      order = LAST,
      names = "--settings",
      paramLabel = "FILE",
      description =
          "Where settings are (default: $XMOVER_SETTINGS, else ~/.config/xmover/xmover.properties);"
              + " xmover settings shows them.")
  @Nullable String settings;

  @Option(
      order = LAST,
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Which settings of the file count besides the common ones (default: $XMOVER_PROFILE).")
  @Nullable String profile;

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
      names = COLOR,
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "auto, always or never; before NO_COLOR, CLICOLOR and what the terminal is (default:"
              + " ${DEFAULT-VALUE}).")
  Color color = Color.auto;

  @Option(
      order = LAST,
      names = HELP_ALL,
      help = true,
      description = "Show every option, in groups.")
  boolean helpAll;

  /** Whether there are colours. */
  enum Color {
    auto,
    always,
    never
  }

  /** The same environment with colours as a command line says, before it is taken apart. */
  static Environment colored(Environment environment, List<String> arguments) {
    return switch (typed(COLOR, arguments).toLowerCase(Locale.ROOT)) {
      case "always" -> environment.setting("NO_COLOR", "").setting("CLICOLOR_FORCE", "1");
      case "never" -> environment.setting("NO_COLOR", "1");
      default -> environment;
    };
  }

  /** What was typed for an option, in words that nobody has taken apart yet; empty for nothing. */
  static String typed(String option, List<String> arguments) {
    int at = arguments.indexOf(option);
    return at >= 0 && at + 1 < arguments.size()
        ? arguments.get(at + 1)
        : arguments.stream()
            .filter(argument -> argument.startsWith(option + "="))
            .findFirst()
            .map(argument -> argument.substring(option.length() + 1))
            .orElse("");
  }

  /** Whether an option was typed, also with nothing after it. */
  static boolean isTyped(String option, List<String> arguments) {
    return arguments.stream().anyMatch(one -> one.equals(option) || one.startsWith(option + "="));
  }

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
