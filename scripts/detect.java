///usr/bin/env jbang "$0" "$@" ; exit $?
// Phase 1 alone: which tables are problematic. Changes nothing.
//   jbang detect@catalog --connect postgresql://crate@db1:5432 --schema doc
//SOURCES ../lib/xmover/Xmover.java

import xmover.cli.Cli;
import xmover.cli.DetectCommand;
import xmover.cli.ExitCode;
import xmover.detect.Analysis;
import xmover.environment.Environment;

class detect extends DetectCommand {
  @Override
  public ExitCode run(Environment environment) {
    // At most four SELECTs, however many tables there are. `found.findings()` holds each table or
    // partition with its own settings, its totals, its problematic copies and a verdict.
    Analysis found = analyse(environment);
    print(render(environment, found));
    return ExitCode.DONE;
  }

  public static void main(String... args) {
    Cli.main(new detect(), args);
  }
}
