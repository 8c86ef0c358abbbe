package xmover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.util.List;
import xmover.observe.PrintableWriter;

/** Types commands, in this process, into a pipe that is 80 columns wide. */
public final class Operator {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
  }

  /** Types a command in a process of its own, as the script does. */
  public static void main(String... arguments) {
    System.exit(Cli.run(new XmoverCommand(), arguments));
  }

  /** Reads a command line without running it; what makes no sense is thrown. */
  public static void parses(List<String> arguments) {
    Cli.commandLine(new XmoverCommand()).parseArgs(arguments.toArray(String[]::new));
  }

  /** Whether a command has this option. */
  public static boolean knows(String command, String option) {
    var commandLine = Cli.commandLine(new XmoverCommand()).getSubcommands().get(command);
    return commandLine.getCommandSpec().findOption(option) != null;
  }

  static Outcome types(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Cli.commandLine(new XmoverCommand())
            .setUsageHelpAutoWidth(false)
            .setOut(new PrintableWriter(out, false))
            .setErr(new PrintableWriter(err, false))
            .execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
