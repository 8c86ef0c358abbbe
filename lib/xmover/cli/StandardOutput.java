package xmover.cli;

import java.io.Console;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import xmover.observe.Terminal;

/** What stdout is: a terminal of some width, with or without colours, or none. */
final class StandardOutput {
  private StandardOutput() {}

  /** Colours follow NO_COLOR and its kin, as picocli reads them. */
  static Terminal terminal(CommandLine commandLine) {
    return isTerminal()
        ? new Terminal(commandLine.getUsageHelpWidth(), isColored())
        : Terminal.NONE;
  }

  /** Whether colours are seen there. */
  static boolean isColored() {
    return isTerminal() && Ansi.AUTO.enabled();
  }

  /** Since JDK 22 there may be a console without a terminal, and a method to tell. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJdk) {
      return true;
    }
  }
}
