package xmover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import cratesim.CrateSim;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import xmover.environment.TestEnvironment;
import xmover.options.Action;
import xmover.options.Cli;

/** Types commands, in this process, into a pipe that is 80 columns wide. */
public final class Operator {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Path NO_HOME = Path.of("/no/home");

  private Operator() {}

  /** What a command wrote and how it ended. */
  public record Outcome(int exitCode, String out, String err) {
    /** All of stdout as one JSON document. */
    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (JsonProcessingException notJson) {
        throw new AssertionError(this.toString(), notJson);
      }
    }

    /** All of stderr as events, which {@code --log-format json} makes it. */
    public LoggedEvents logged() {
      return LoggedEvents.of(err);
    }
  }

  /** Types a command in a process of its own, as the script does. */
  public static void main(String... arguments) {
    Cli.main(xmover(), CrateSim::start, arguments);
  }

  /** All commands, as the script xmover puts them together. */
  public static XmoverCommand xmover() {
    return new XmoverCommand(
        Stream.of("heal", "detect", "reset", "monitor", "shell")
            .map(Operator::script)
            .toArray(Action[]::new));
  }

  /** A script of the folder of that name; its class has no package, so no import names it. */
  public static Action script(String name) {
    try {
      var made = Class.forName(name).getDeclaredConstructor();
      made.setAccessible(true);
      return (Action) made.newInstance();
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError(name, missing);
    }
  }

  /** Reads a command line without running it; what makes no sense is thrown. */
  public static void parses(List<String> arguments) {
    commandLine().parseArgs(arguments.toArray(String[]::new));
  }

  /** The options of each command, also those that say no. */
  public static Map<String, Set<String>> commands() {
    Map<String, Set<String>> all = new HashMap<>();
    commandLine()
        .getSubcommands()
        .forEach((name, each) -> all.put(name, options(each.getCommandSpec())));
    return all;
  }

  private static Set<String> options(CommandSpec command) {
    return Stream.of(command.optionsMap(), command.negatedOptionsMap())
        .flatMap(each -> each.keySet().stream())
        .collect(Collectors.toSet());
  }

  /** Whether a command has this option. */
  public static boolean knows(String command, String option) {
    return commandLine().getSubcommands().get(command).getCommandSpec().findOption(option) != null;
  }

  /** All commands. */
  static CommandLine commandLine() {
    return Cli.commandLine(new TestEnvironment(Path.of("")).environment(), xmover());
  }

  /** Types a command where nothing was set and the home folder is empty. */
  public static Outcome types(String... arguments) {
    return types(new TestEnvironment(NO_HOME), arguments);
  }

  /** Types a command with a folder for a home, to its end. */
  public static Outcome types(Path home, String... arguments) {
    return types(new TestEnvironment(home), arguments);
  }

  /** Types a command with this around it, to its end. */
  public static Outcome types(TestEnvironment around, String... arguments) {
    int exitCode = Cli.run(around.environment(), xmover(), arguments);
    return new Outcome(exitCode, around.out(), around.err());
  }
}
