package xmover.options;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import xmover.cluster.ClusterFailure;
import xmover.cluster.connection.InvalidSettings;
import xmover.detect.NoSuchTable;
import xmover.detect.ResetForbidden;
import xmover.environment.Environment;
import xmover.environment.Simulator;
import xmover.environment.ThisProcess;
import xmover.journal.JournalFailure;
import xmover.log.JsonLines;
import xmover.log.LogOutput;
import xmover.log.LogOutput.Form;
import xmover.log.LogOutput.Severity;
import xmover.observe.ServiceUrl;
import xmover.rebalance.HoldRefused;
import xmover.reset.engine.UnknownOriginal;
import xmover.run.ExitCode;
import xmover.run.OpenEntries;
import xmover.run.UnfinishedResets;
import xmover.table.Printable;
import xmover.web.OrderFailed;

/**
 * Runs a command the way every command runs: bad input is one sentence, an exit code always fits.
 */
public final class Cli {
  private static final Set<String> HELP =
      Set.of("-h", "--help", CommonArguments.HELP_ALL, "-V", "--version");

  private Cli() {}

  /** Runs a command that has the process to itself, and ends that with the exit code. */
  public static void main(Action command, Simulator simulator, String... arguments) {
    ThisProcess.run(environment -> run(environment.with(simulator), command, arguments));
  }

  /** Runs a command, and answers its exit code. */
  public static int run(Environment around, Action command, String... arguments) {
    List<String> typed = List.of(arguments);
    Settings settings;
    try {
      settings = asksForHelp(typed) ? Settings.NONE : settings(around, typed);
    } catch (InvalidSettings refused) {
      return unsettled(around, refused, typed);
    }
    List<String> words = settings.withErrorForm(typed);
    Environment environment = CommonArguments.colored(settings.into(around), words);
    boolean debug = CommonArguments.isDebug(typed);
    Form form = LogArguments.isJson(words) ? Form.json : Form.console;
    LogOutput log = LogOutput.open(environment, form, Severity.WARN, debug);
    var out = new CheckedOutput(environment.out());
    try {
      settings.warning().ifPresent(Logger::warn);
      int code =
          commandLine(environment.writing(out), command, typed(arguments))
              .setDefaultValueProvider(settings)
              .execute(arguments);
      return out.failure().map(reason -> unwritten(environment, reason, code)).orElse(code);
    } finally {
      log.close();
    }
  }

  /** Picocli would read a file of options after the settings, and its profile would not count. */
  private static Settings settings(Environment around, List<String> typed) {
    if (typed.stream().anyMatch(word -> word.startsWith("@"))) {
      throw new InvalidSettings(
          "A word begins with @, and no file of options is read: set them in a settings file"
              + " (xmover settings --help); a value that begins so is typed as --option=@value.");
    }
    return Settings.read(around, typed);
  }

  private static boolean asksForHelp(List<String> arguments) {
    boolean lists = arguments.indexOf("settings") == 0 && arguments.contains("--list");
    return lists || arguments.indexOf("help") == 0 || arguments.stream().anyMatch(HELP::contains);
  }

  private static int unsettled(Environment around, InvalidSettings refused, List<String> typed) {
    PrintWriter err = new StandardOutput(around).messages();
    String sentence = ServiceUrl.hiddenInAny(String.valueOf(refused.getMessage()));
    if (LogArguments.isJson(typed)) {
      log(around, err, sentence, null);
    } else {
      err.println(Printable.line("xmover: " + sentence));
      err.flush();
    }
    return ExitCode.ERROR.number();
  }

  /** Who reads what was printed must not take a part of it for the whole. */
  private static int unwritten(Environment environment, String reason, int code) {
    new StandardOutput(environment)
        .messages()
        .println("xmover: the output can't be written: " + reason);
    return code == ExitCode.DONE.number() ? ExitCode.ERROR.number() : code;
  }

  /** Takes a command line apart without running it; what makes no sense is thrown. */
  public static CommandLine parsed(Environment around, Action command, String... arguments) {
    Settings settings = settings(around, List.of(arguments));
    CommandLine commandLine = commandLine(settings.into(around), command);
    commandLine.setDefaultValueProvider(settings).parseArgs(arguments);
    return commandLine;
  }

  /** The command line of a command, with all that may follow it. */
  public static CommandLine commandLine(Environment environment, Action command) {
    return commandLine(environment, command, name -> true);
  }

  /** Which commands have to be known with their options: the one typed, or all for the help. */
  private static Predicate<String> typed(String... arguments) {
    return Arrays.stream(arguments)
        .filter(argument -> !argument.startsWith("-"))
        .findFirst()
        .<Predicate<String>>map(first -> name -> name.equals(first) || first.equals("help"))
        .orElse(name -> List.of(arguments).contains(CommonArguments.HELP_ALL));
  }

  /** Reading the options of a command takes picocli as long as everything else at the start. */
  private static void add(CommandLine family, Object command, Predicate<String> whole) {
    Command annotation = command.getClass().getAnnotation(Command.class);
    if (whole.test(annotation.name())) {
      family.addSubcommand(command);
    } else {
      CommandSpec outline = CommandSpec.create();
      outline.usageMessage().description(annotation.description()).header(annotation.header());
      family.addSubcommand(annotation.name(), outline);
    }
  }

  private static CommandLine commandLine(
      Environment environment, Action command, Predicate<String> whole) {
    var terminal = new StandardOutput(environment);
    var commandLine = new CommandLine(command);
    command.commands().forEach(one -> add(commandLine, one, whole));
    // A quote is a character of a name: picocli warned of one that is alone, on System.err.
    commandLine.getCommandSpec().parser().splitQuotedStrings(true);
    commandLine
        .getSubcommands()
        .values()
        .forEach(one -> one.getCommandSpec().parser().splitQuotedStrings(true));
    Flags.settle(commandLine);
    HelpPage.shorten(commandLine);
    Converters.register(commandLine, environment);
    return commandLine
        .setExpandAtFiles(false)
        .setOut(terminal.writer())
        .setErr(terminal.messages())
        .setColorScheme(Help.defaultColorScheme(terminal.isColored() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(terminal.isTerminal())
        .setExecutionStrategy(parsed -> execute(environment, parsed))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (refused, arguments) -> badInput(environment, refused, arguments))
        .setExecutionExceptionHandler(
            (failure, asked, parsed) -> failed(environment, failure, asked, parsed));
  }

  /** Help where it was asked for, else the command that was typed. */
  private static int execute(Environment environment, ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    List<CommandLine> typed = parsed.asCommandLineList();
    CommandLine last = typed.get(typed.size() - 1);
    if (CommonArguments.isHelpAll(last)) {
      HelpPage.printAll(last);
      return ExitCode.DONE.number();
    }
    try {
      return last.<Action>getCommand().run(environment).number();
    } catch (ParameterException refused) {
      throw refused;
    } catch (Exception failure) {
      throw new ExecutionException(last, "a command failed", failure);
    }
  }

  private static int badInput(
      Environment environment, ParameterException refused, String[] arguments) {
    CommandLine commandLine = refused.getCommandLine();
    PrintWriter err = commandLine.getErr();
    String message =
        ServiceUrl.hiddenInAny(Objects.requireNonNullElse(refused.getMessage(), "bad input"));
    Settings settings = settings(commandLine);
    String sentence = settings.located(message, commandLine.getCommandSpec());
    if (LogArguments.isJson(settings.withErrorForm(List.of(arguments)))) {
      log(environment, err, sentence, null);
      return ExitCode.ERROR.number();
    }
    err.println(Printable.line("xmover: " + sentence));
    if (!UnmatchedArgumentException.printSuggestions(refused, err)) {
      err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.ERROR.number();
  }

  private static int failed(
      Environment environment, Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    boolean traced = CommonArguments.isDebug(parsed);
    Settings settings = settings(commandLine);
    if (LogArguments.isJson(settings.withErrorForm(parsed.originalArgs()))) {
      traced |= !isExpected(failure);
      String logged =
          settings.located(ClusterFailure.sentence(failure), commandLine.getCommandSpec());
      log(environment, err, logged, traced ? failure : null);
      return ExitCode.of(failure).number();
    }
    String sentence =
        isExpected(failure)
            ? settings.located(ClusterFailure.sentence(failure), commandLine.getCommandSpec())
            : "unexpected " + failure + " (--debug shows where it comes from)";
    String message = failure instanceof OpenEntries ? sentence : Printable.line(sentence);
    ("xmover: " + message).lines().forEach(err::println);
    if (traced) {
      failure.printStackTrace(err);
    }
    return ExitCode.of(failure).number();
  }

  private static Settings settings(CommandLine commandLine) {
    return commandLine.getDefaultValueProvider() instanceof Settings settings
        ? settings
        : Settings.NONE;
  }

  /** The last line of a log in JSON. */
  private static void log(
      Environment environment, PrintWriter err, String sentence, @Nullable Exception stackOf) {
    err.println(JsonLines.error(environment.clock().instant(), sentence, stackOf));
    err.flush();
  }

  /** Failures whose message is a sentence for the operator. */
  private static boolean isExpected(Exception failure) {
    return failure instanceof ClusterFailure
        || failure instanceof HoldRefused
        || failure instanceof InvalidSettings
        || failure instanceof JournalFailure
        || failure instanceof NoSuchTable
        || failure instanceof OpenEntries
        || failure instanceof OrderFailed
        || failure instanceof ResetForbidden
        || failure instanceof UnknownOriginal
        || failure instanceof UnfinishedResets;
  }
}
