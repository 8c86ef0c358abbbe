///usr/bin/env jbang "$0" "$@" ; exit $?
// A JShell with a connected toolkit, and a simulated CrateDB to try it on:
//   jbang shell@catalog --connect URL
//   jbang shell@catalog --connect sim:drill < script.jsh
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/cratesim/CrateSim.java

import cratesim.CrateSim;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import xmover.Script;
import xmover.Toolkit;
import xmover.options.AutoexecArguments;
import xmover.options.DetectionArguments;
import xmover.remedy.RemedyPolicy;
import xmover.run.ExitCode;

@Command(
    name = "shell",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Open a JShell with a connected toolkit; it greets you with what it can do.",
    footer = {
      "",
      "Nothing typed there is written to disk. A script may be piped in; the exit code is that of"
          + " the last thing that failed, or of /exit.",
      "Example: xmover shell --connect sim:drill",
      "Example: xmover shell --connect sim:drill < script.jsh",
      "It begins with what is typed here and with what a settings file says, as heal does: tables"
          + " named there are taken as named."
    })
class shell extends Script {
  @Mixin DetectionArguments which = new DetectionArguments();
  @Mixin AutoexecArguments typed = new AutoexecArguments();

  @Override
  protected ExitCode run(Toolkit xmover) throws Exception {
    // What is typed here or set in a file is what detect(), heal() and the others begin with.
    return Script.shell(xmover, which, typed.options(RemedyPolicy.AUTO, false));
  }

  public static void main(String... args) {
    Script.main(new shell(), CrateSim::start, args);
  }
}
