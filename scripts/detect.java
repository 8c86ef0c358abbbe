///usr/bin/env jbang "$0" "$@" ; exit $?
// Phase 1 alone: which tables are problematic. Changes nothing.
//   jbang detect@catalog --connect postgresql://crate@db1:5432 --schema doc
//SOURCES ../lib/xmover/Xmover.java

import xmover.cli.Cli;
import xmover.cli.DetectCommand;
import xmover.cli.ExitCode;
import xmover.detect.Analysis;

class detect extends DetectCommand {
  @Override
  public Integer call() {
    // At most four SELECTs, however many tables there are. `found.findings()` holds each table or
    // partition with its own settings, its totals, its problematic copies and a verdict.
    Analysis found = analyse();
    print(render(found));
    return ExitCode.DONE.number();
  }

  public static void main(String... args) {
    System.exit(Cli.run(new detect(), args));
  }
}
