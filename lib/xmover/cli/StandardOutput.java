package xmover.cli;

import picocli.CommandLine;
import xmover.environment.Environment;
import xmover.observe.Terminal;

/** What stdout is: a terminal of some width, with or without colours, or none. */
record StandardOutput(Environment environment) {
  Terminal terminal(CommandLine commandLine) {
    return isTerminal()
        ? new Terminal(commandLine.getUsageHelpWidth(), isColored())
        : Terminal.NONE;
  }

  /** Whether colours are seen there: on a terminal, unless NO_COLOR or CLICOLOR say otherwise. */
  boolean isColored() {
    return isTerminal()
        && environment.variable("NO_COLOR").isEmpty()
        && !environment.variable("CLICOLOR").equals("0")
        && !environment.variable("TERM").equals("dumb");
  }

  boolean isTerminal() {
    return environment.console().isTerminal();
  }
}
