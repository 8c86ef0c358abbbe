package xmover.options;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.UsageMessageSpec;
import xmover.environment.Environment;
import xmover.print.PrintableWriter;
import xmover.print.Terminal;

/** What stdout is: a terminal of some width, with or without colours, or none. */
public record StandardOutput(Environment environment) {
  /** What fits there, and whether colours are seen. */
  public Terminal terminal() {
    return isTerminal()
        ? new Terminal(new UsageMessageSpec().autoWidth(true).width(), isColored())
        : new Terminal(0, isColored());
  }

  /** Takes what is printed. */
  public PrintWriter writer() {
    return utf8(environment.out(), isColored());
  }

  /** Takes messages. */
  public PrintWriter messages() {
    return utf8(environment.err(), false);
  }

  /** Empties the screen, so that what is looked at again is drawn in its place; no pipe is one. */
  public void clear() {
    if (isTerminal() && !environment.variable("TERM").equals("dumb")) {
      try {
        environment.out().write("\u001b[H\u001b[2J".getBytes(StandardCharsets.US_ASCII));
        environment.out().flush();
      } catch (IOException gone) {
        // Whoever looked has gone, and what follows is told so.
      }
    }
  }

  /** UTF-8 whatever the locale: a name must survive the pipe to another program. */
  private static PrintWriter utf8(OutputStream stream, boolean colored) {
    var out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    return new PrintableWriter(new BufferedWriter(out), colored);
  }

  /**
   * Whether colours are written: on a terminal, unless NO_COLOR or CLICOLOR say otherwise or it is
   * a dumb one, or where CLICOLOR_FORCE asks for them.
   */
  boolean isColored() {
    if (environment.variable("CLICOLOR_FORCE").equals("1")) {
      return environment.variable("NO_COLOR").isEmpty();
    }
    return isTerminal()
        && environment.variable("NO_COLOR").isEmpty()
        && !environment.variable("CLICOLOR").equals("0")
        && !environment.variable("TERM").equals("dumb");
  }

  /** Whether somebody sits there. */
  public boolean isTerminal() {
    return environment.console().isTerminal();
  }
}
