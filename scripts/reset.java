///usr/bin/env jbang "$0" "$@" ; exit $?
// The reset of the tables named. Shows the plan and asks; --yes for scripts.
//   jbang reset@catalog doc.metrics 'doc.t[month=1704067200000,region=NULL]' --connect URL
//SOURCES ../lib/xmover/Xmover.java

import xmover.cli.Cli;
import xmover.cli.ExitCode;
import xmover.cli.ResetCommand;
import xmover.environment.Environment;

class reset extends ResetCommand {
  @Override
  public ExitCode run(Environment environment) {
    // The plan holds each statement as it would be sent; nothing is changed by it.
    if (!confirmed(environment)) {
      return ExitCode.ERROR;
    }
    // Replicas to 0, wait for the leases, restore. Whatever fails, the setting is put back; where
    // even that fails the exit code is 4 and the last lines say which statement to run.
    return reset(environment);
  }

  public static void main(String... args) {
    Cli.main(new reset(), args);
  }
}
